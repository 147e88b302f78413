package io.staddle.cli.barrier;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;

/// `barrier acquire`
@Command(
        name = "acquire",
        description = {
            "Makes a node the coordinator of a scope, or lets it go on, and shows its token.",
            "Refused while another one has the lease."
        })
public final class BarrierAcquireVerb extends Verb {
    @Parameters(paramLabel = "SCOPE", description = "The scope.")
    private ScopeId scope = new ScopeId("unset");

    @Option(
            names = "--node",
            required = true,
            paramLabel = "NODE",
            description = "Who is to coordinate it.")
    private NodeId node = new NodeId("unset");

    @Option(
            names = "--incarnation",
            paramLabel = "N",
            description = "Which life of the node: higher after each restart. Default: 1")
    private long incarnation = 1;

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            description = "For how long nobody else can. Default: barrier.lease-millis")
    private Duration lease = Duration.ZERO;

    /// Creates it.
    public BarrierAcquireVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Result<Answer.Coordination> result =
                session.barriers().acquire(scope, node, incarnation, lease);
        return session.conclude(
                result,
                answer -> answer,
                done ->
                        "%s coordinates scope %s with token %s until %s"
                                .formatted(
                                        node,
                                        scope,
                                        done.value().scope().coordinator().token(),
                                        Figures.time(done.value().untilMillis())));
    }
}
