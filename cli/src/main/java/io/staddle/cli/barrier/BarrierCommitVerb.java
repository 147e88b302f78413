package io.staddle.cli.barrier;

import io.staddle.api.id.BarrierId;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `barrier commit`
@Command(
        name = "commit",
        description = {
            "Commits a barrier that is READY. It holds for ever.",
            "With the token of the coordinator of now unless one is given: so make sure that it",
            "does not decide otherwise. Needs --reason."
        })
public final class BarrierCommitVerb extends Verb {
    @Parameters(paramLabel = "SCOPE/EPOCH", description = "The barrier.")
    private String barrier = "";

    @Option(
            names = "--token",
            paramLabel = "N",
            description = "The coordinator's. Default: that of the coordinator of now")
    private long token;

    /// Creates it.
    public BarrierCommitVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        BarrierId id = Spots.barrier(barrier);
        session.reasonFor("committing a barrier");
        return Barriers.conclude(
                session, session.barriers().commit(id, Tokens.of(session, id.scope(), token)));
    }
}
