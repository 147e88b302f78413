package io.staddle.cli.barrier;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.WatermarkPolicy;
import io.staddle.api.query.ScopeState;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `barrier configure`
@Command(name = "configure", description = "Creates a scope, or changes how its next barriers are.")
public final class BarrierConfigureVerb extends Verb {
    @Parameters(paramLabel = "SCOPE", description = "The scope.")
    private ScopeId scope = new ScopeId("unset");

    @Option(
            names = "--watermarks",
            paramLabel = "POLICY",
            description = {
                "What a vote without a watermark does: hold keeps the scope's where it is, ignore",
                "does not count it. Default: hold"
            })
    private WatermarkPolicy policy = WatermarkPolicy.HOLD;

    @Option(names = "--solo", description = "Allow barriers without participants.")
    private boolean solo;

    /// Creates it.
    public BarrierConfigureVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        long seen =
                session.barriers()
                        .scope(scope)
                        .value()
                        .map(ScopeState::scope)
                        .map(BarrierScope::version)
                        .orElse(0L);
        Result<BarrierScope> result = session.barriers().configure(scope, policy, solo, seen);
        return session.conclude(
                result,
                Answer.Scope::new,
                done -> "scope %s is configured (revision %s)".formatted(scope, done.revision()));
    }
}
