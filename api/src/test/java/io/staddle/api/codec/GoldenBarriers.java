package io.staddle.api.codec;

import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.Command;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.CommittedBarrier;
import io.staddle.api.model.Coordinator;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Tally;
import io.staddle.api.model.Vote;
import io.staddle.api.model.WatermarkPolicy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The part of [Golden] about barriers.
final class GoldenBarriers {
    private static final ScopeId SCOPE = new ScopeId("job-1");
    private static final NodeId N = new NodeId("worker-1");
    private static final NodeId M = new NodeId("worker-2");
    private static final BarrierId ID = new BarrierId(SCOPE, 7);
    private static final CheckpointId CHECKPOINT = new CheckpointId("chk-7");
    private static final Token TOKEN = new Token(3);
    private static final Coordinator COORDINATOR = new Coordinator(Optional.of(N), 4, TOKEN);
    private static final OptionalLong WATERMARK = OptionalLong.of(-5);
    private static final BarrierScope STATE =
            new BarrierScope(
                    SCOPE,
                    WatermarkPolicy.IGNORE,
                    true,
                    COORDINATOR,
                    7,
                    Optional.of(new CommittedBarrier(6, new CheckpointId("chk-6"))),
                    WATERMARK,
                    2,
                    1);
    private static final BarrierRecord BARRIER =
            new BarrierRecord(
                    ID,
                    CHECKPOINT,
                    TOKEN,
                    WatermarkPolicy.HOLD,
                    new Tally(2, 1, OptionalLong.of(1_699_999_999_000L), 1),
                    1_700_000_000_000L,
                    30_000,
                    1_700_000_030_000L,
                    new BarrierDecision.Open());

    static final List<Command> COMMANDS =
            List.of(
                    new BarrierCommand.ConfigureScope(SCOPE, WatermarkPolicy.IGNORE, true, 1),
                    new BarrierCommand.AcquireCoordinator(SCOPE, N, 4, 5_000),
                    new BarrierCommand.ReleaseCoordinator(SCOPE, TOKEN),
                    new BarrierCommand.BeginBarrier(
                            SCOPE,
                            TOKEN,
                            CHECKPOINT,
                            List.of(Participation.of(N, 4), Participation.of(M, 9)),
                            30_000,
                            7),
                    new BarrierCommand.AckBarrier(ID, N, 4, new Vote.Prepared(WATERMARK)),
                    new BarrierCommand.CommitBarrier(ID, TOKEN),
                    new BarrierCommand.AbortBarrier(ID, TOKEN, "drill"),
                    new BarrierCommand.ExpireBarriers(100),
                    new BarrierCommand.PruneBarriers(100));

    static final List<Event> EVENTS =
            List.of(
                    new BarrierEvent.ScopeConfigured(STATE),
                    new BarrierEvent.CoordinatorChanged(SCOPE, COORDINATOR, 5_000, 77),
                    new BarrierEvent.CoordinatorRenewed(SCOPE, 5_000, 78),
                    new BarrierEvent.CoordinatorReleased(SCOPE, TOKEN),
                    new BarrierEvent.BarrierBegun(
                            BARRIER, List.of(Participation.of(N, 4), Participation.of(M, 9))),
                    new BarrierEvent.BarrierAcknowledged(
                            ID,
                            Participation.of(M, 9)
                                    .voting(new Vote.Failed("DISK_FULL", "no space left"), 99)),
                    new BarrierEvent.BarrierReady(BARRIER),
                    new BarrierEvent.BarrierCommitted(
                            BARRIER.decided(
                                    new BarrierDecision.Committed(
                                            OptionalLong.empty(), WATERMARK, 101))),
                    new BarrierEvent.BarrierAborted(
                            BARRIER.decided(
                                    new BarrierDecision.Aborted(
                                            BarrierAbortCode.TIMED_OUT,
                                            "it took too long",
                                            List.of(N, M),
                                            102))),
                    new BarrierEvent.BarriersForgotten(SCOPE, 2));

    private GoldenBarriers() {}
}
