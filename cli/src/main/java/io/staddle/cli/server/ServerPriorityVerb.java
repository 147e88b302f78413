package io.staddle.cli.server;

import io.staddle.api.id.ServerId;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `server priority`
@Command(
        name = "priority",
        description = {
            "Prefers a server as the leader.",
            "Of those who have everything, the one with the highest priority leads. All begin",
            "with 0."
        })
public final class ServerPriorityVerb extends Verb {
    @Parameters(index = "0", paramLabel = "SERVER", description = "Its name.")
    private ServerId server = new ServerId("unset");

    @Parameters(index = "1", paramLabel = "PRIORITY", description = "0 to 1000.")
    private int priority;

    /// Creates it.
    public ServerPriorityVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        return Members.conclude(session, session.servers().setPriority(server, priority));
    }
}
