package io.staddle.cli.server;

import io.staddle.api.id.ServerId;
import io.staddle.api.model.ServerRecord;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `server replace`
@Command(
        name = "replace",
        description = {
            "Lets a server back in whose data directory is lost, with one formatted anew.",
            "Without it such a server does not start, and says which directories it means.",
            "The other servers must all be up when it starts: what they have is what there is."
        })
public final class ServerReplaceVerb extends Verb {
    @Parameters(paramLabel = "SERVER", description = "Its name.")
    private ServerId server = new ServerId("unset");

    @Option(
            names = "--lost",
            paramLabel = "INCARNATION",
            required = true,
            description = "The data directory that is lost, as the server named it.")
    private String lost = "";

    @Option(
            names = "--by",
            paramLabel = "INCARNATION",
            required = true,
            description = "The data directory that it has now.")
    private String by = "";

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public ServerReplaceVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        confirmation.seek(
                session.shell(),
                "This gives up the data directory %s of %s for good".formatted(lost, server),
                server.value());
        ServerRecord record = session.servers().replace(server, lost, by).orThrow();
        session.say(
                "%s is known with the data directory %s now. Start it while all others are up."
                        .formatted(record.id(), record.incarnation()));
        return ExitCode.DONE;
    }
}
