package io.staddle.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.BarrierCommand.ExpireBarriers;
import io.staddle.api.command.BarrierCommand.PruneBarriers;
import io.staddle.api.command.Command;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.Participation;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.DiskReserve;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.state.Barriers;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the leader does about barriers by itself.
final class BarrierTasksTest {
    private static final ScopeId S = new ScopeId("s");
    private static final Token TOKEN = new Token(1);
    private static final NodeId A = new NodeId("a");

    private final FakeQuorum quorum = new FakeQuorum().applying();
    private final CommandFront front =
            new CommandFront(quorum, Configs.smallLimits(), DiskReserve.none(), Runnable::run);
    private final List<Command> proposed = new ArrayList<>();

    @BeforeEach
    void aScopeIsCoordinated() {
        propose(new AdminCommand.RaiseFeatureLevel(3));
        propose(new BarrierCommand.AcquireCoordinator(S, new NodeId("c"), 1, 0));
        begin(1);
    }

    @Test
    void aBarrierIsAbortedOnlyWhenItsDeadlineHasPassed() {
        run(new BarrierExpirer(() -> Instant.ofEpochMilli(999)));
        assertThat(proposed).isEmpty();
        quorum.stampedAt(1_000);
        run(new BarrierExpirer(() -> Instant.ofEpochMilli(1_000)));
        assertThat(proposed).containsExactly(new ExpireBarriers(1_000));
        assertThat(status(1)).isEqualTo(BarrierStatus.ABORTED);
        run(new BarrierExpirer(() -> Instant.ofEpochMilli(99_999)));
        assertThat(proposed).hasSize(1);
    }

    @Test
    void aParticipantThatRestartsIsNoticedByATaskThatHasLookedBefore() {
        BarrierExpirer task = new BarrierExpirer(() -> Instant.ofEpochMilli(10));
        register(1);
        run(task);
        run(task);
        assertThat(proposed).isEmpty();
        register(2);
        run(task);
        assertThat(proposed).containsExactly(new ExpireBarriers(1_000));
        assertThat(status(1)).isEqualTo(BarrierStatus.ABORTED);
    }

    @Test
    void aParticipantThatFallsSilentIsNoticedByATaskThatHasLookedBefore() {
        beginALongOne();
        register(1);
        long[] now = {10};
        BarrierExpirer task = new BarrierExpirer(() -> Instant.ofEpochMilli(now[0]));
        run(task);
        assertThat(proposed).isEmpty();
        now[0] = 100_000;
        quorum.stampedAt(now[0]);
        run(task);
        assertThat(proposed).containsExactly(new ExpireBarriers(1_000));
        assertThat(status(2)).isEqualTo(BarrierStatus.ABORTED);
    }

    @Test
    void aBarrierIsForgottenOnlyWhenItIsOldAndThereAreNewerOnes() {
        Map<String, String> changes =
                Map.of("barrier.keep", "1", "barrier.retention-millis", "1000");
        propose(new AdminCommand.PutConfig(changes, 1));
        propose(new BarrierCommand.AbortBarrier(new BarrierId(S, 1), TOKEN, "drill"));
        run(new BarrierCollector(() -> Instant.ofEpochMilli(9_999)));
        begin(2);
        run(new BarrierCollector(() -> Instant.ofEpochMilli(999)));
        assertThat(proposed).isEmpty();

        quorum.stampedAt(1_000);
        run(new BarrierCollector(() -> Instant.ofEpochMilli(1_000)));
        assertThat(proposed).containsExactly(new PruneBarriers(1_000));
        try (View view = quorum.view()) {
            assertThat(Barriers.find(new BarrierId(S, 1), view)).isEmpty();
            assertThat(Barriers.find(new BarrierId(S, 2), view)).isPresent();
        }
    }

    private void begin(long epoch) {
        propose(
                new BarrierCommand.BeginBarrier(
                        S,
                        TOKEN,
                        new CheckpointId("c" + epoch),
                        List.of(Participation.of(A, 1)),
                        1_000,
                        epoch));
    }

    /// Instead of the first, with a deadline that is no matter.
    private void beginALongOne() {
        propose(new BarrierCommand.AbortBarrier(new BarrierId(S, 1), TOKEN, "drill"));
        propose(
                new BarrierCommand.BeginBarrier(
                        S,
                        TOKEN,
                        new CheckpointId("long"),
                        List.of(Participation.of(A, 1)),
                        600_000,
                        2));
    }

    private void register(long incarnation) {
        propose(new NodeCommand.RegisterNode(A, new NodeAddress("127.0.0.1", 9_000), incarnation));
    }

    private BarrierStatus status(long epoch) {
        try (View view = quorum.view()) {
            return Barriers.find(new BarrierId(S, epoch), view).orElseThrow().status();
        }
    }

    private void run(LeaderTask task) {
        try (View view = quorum.view()) {
            task.run(
                    view,
                    command -> {
                        proposed.add(command);
                        return propose(command);
                    });
        }
    }

    private Outcome propose(Command command) {
        Outcome outcome = new FrontProposer(front, "test", 1).propose(command);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return outcome;
    }
}
