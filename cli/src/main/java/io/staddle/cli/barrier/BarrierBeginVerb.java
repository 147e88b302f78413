package io.staddle.cli.barrier;

import io.staddle.api.command.BarrierCommand.BeginBarrier;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.ScopeId;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.util.List;

/// `barrier begin`
@Command(
        name = "begin",
        description = {
            "Begins a barrier: its participants are to prepare, and vote.",
            "Repeated with the same checkpoint it is the same barrier."
        })
public final class BarrierBeginVerb extends Verb {
    @Parameters(paramLabel = "SCOPE", description = "The scope.")
    private ScopeId scope = new ScopeId("unset");

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "NAME",
            description = "Another name for each barrier.")
    private CheckpointId checkpoint = new CheckpointId("unset");

    @Option(
            names = "--participants",
            paramLabel = "NODE[:INCARNATION]",
            split = ",",
            description = "Who takes part. None only if the scope is solo.")
    private List<String> participants = List.of();

    @Option(
            names = "--token",
            paramLabel = "N",
            description = "The coordinator's. Default: that of the coordinator of now")
    private long token;

    @Option(
            names = "--within",
            paramLabel = "DURATION",
            description = "How long it may take. Default: barrier.timeout-millis")
    private Duration within = Duration.ZERO;

    /// Creates it.
    public BarrierBeginVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        BeginBarrier begin =
                new BeginBarrier(
                        scope,
                        Tokens.of(session, scope, token),
                        checkpoint,
                        participants.stream().map(Spots::participant).toList(),
                        within.toMillis(),
                        0);
        return Barriers.conclude(session, session.barriers().begin(begin));
    }
}
