package io.staddle.cli.server;

import io.staddle.api.v1.TransferLeadershipAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ServerReports;

import picocli.CommandLine.Command;

/// `server step-down`
@Command(
        name = "step-down",
        description = {
            "Has the leader follow; the others elect one, which takes as long as an election.",
            "Sooner, and to one that is ready: server transfer-leader"
        })
public final class ServerStepDownVerb extends Verb {
    /// Creates it.
    public ServerStepDownVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ServerReports.Transfer done = session.servers().stepDown();
        session.output()
                .show(
                        TransferLeadershipAnswer.newBuilder().setMillis(done.millis()).build(),
                        () ->
                                ("the leader stepped down after %d ms; who leads now: staddle"
                                                + " server list")
                                        .formatted(done.millis()));
        return ExitCode.DONE;
    }
}
