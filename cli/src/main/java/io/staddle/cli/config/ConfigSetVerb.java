package io.staddle.cli.config;

import io.staddle.api.answer.Answer;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ServerAdmin;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `config set`
@Command(
        name = "set",
        description = "Changes settings that all servers share: all that are named, or none.")
public final class ConfigSetVerb extends Verb {
    @Parameters(
            arity = "1..*",
            paramLabel = "KEY=VALUE",
            description = "Such as leases.millis-max=60000. For what there is: config get")
    private List<String> changes = List.of();

    /// Creates it.
    public ConfigSetVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Map<String, String> parsed = parse(changes);
        ServerAdmin servers = session.servers();
        return session.conclude(
                servers.putConfig(parsed, servers.config().version()),
                Answer.Configured::new,
                done ->
                        "set %s; the configuration is at version %d (revision %s)"
                                .formatted(words(parsed), done.value().version(), done.revision()));
    }

    private static String words(Map<String, String> changes) {
        return changes.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> parse(List<String> changes) {
        Map<String, String> parsed = new TreeMap<>();
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw CliException.usage(
                        "KEY=VALUE was expected, but found \"" + change + "\"",
                        "Such as: staddle config set claims.max-epoch-jump=16");
            }
            String key = ConfigGetVerb.find(change.substring(0, equals).strip()).key();
            parsed.put(key, change.substring(equals + 1).strip());
        }
        return parsed;
    }
}
