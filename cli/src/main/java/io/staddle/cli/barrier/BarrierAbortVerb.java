package io.staddle.cli.barrier;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.Token;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `barrier abort`
@Command(
        name = "abort",
        description = {
            "Aborts a barrier that is not decided. An operator needs no token, but --reason.",
            "Its participants undo what they prepared, and the next barrier can begin."
        })
public final class BarrierAbortVerb extends Verb {
    @Parameters(paramLabel = "SCOPE/EPOCH", description = "The barrier.")
    private String barrier = "";

    /// Creates it.
    public BarrierAbortVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        BarrierId id = Spots.barrier(barrier);
        String reason = session.reasonFor("aborting a barrier");
        return Barriers.conclude(session, session.barriers().abort(id, Token.NONE, reason));
    }
}
