package io.staddle.cli.barrier;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `barrier release`
@Command(
        name = "release",
        description = "Leaves a scope to the next coordinator, who need not wait for the lease.")
public final class BarrierReleaseVerb extends Verb {
    @Parameters(paramLabel = "SCOPE", description = "The scope.")
    private ScopeId scope = new ScopeId("unset");

    @Option(
            names = "--token",
            required = true,
            paramLabel = "N",
            description = "The token of the coordinator that leaves.")
    private long token;

    /// Creates it.
    public BarrierReleaseVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Result<Answer.Coordination> result = session.barriers().release(scope, new Token(token));
        return session.conclude(
                result,
                answer -> answer,
                done -> "scope %s is free (revision %s)".formatted(scope, done.revision()));
    }
}
