package io.staddle.cli.server;

import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `server format`, which is here for its help only: bin/staddle starts the server itself with it.
@Command(name = "format", description = "Prepares the data directory of a new server, once.")
public final class ServerFormatVerb extends Verb {
    @Option(names = "--config", paramLabel = "FILE", description = "The server's settings, YAML.")
    private String config = "";

    @Parameters(hidden = true)
    private List<String> rest = List.of();

    /// Creates it.
    public ServerFormatVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        throw CliException.usage(
                "this is not for the CLI's JVM (--config \"%s\" %s)".formatted(config, rest),
                "Start it with: bin/staddle server format --config FILE");
    }
}
