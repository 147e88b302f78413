package io.staddle.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.DiskReserve;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

final class LeaderTasksTest {
    private static final ClusterId EAST = new ClusterId("east");
    private static final long TERM = 1;
    private static final GrainId GRAIN = GrainId.of("Player", "7");

    private final FakeQuorum quorum = new FakeQuorum().applying();
    private final CommandFront front =
            new CommandFront(quorum, Configs.smallLimits(), DiskReserve.none(), Runnable::run);
    private final List<Command> proposed = new ArrayList<>();

    @BeforeEach
    void register() {
        ClusterProfile profile = new ClusterProfile("", "", 0, true);
        propose(new ClusterCommand.Register(EAST, profile, ClusterState.HEALTHY));
    }

    @Test
    void aLeaseIsExpiredOnlyWhenItIsDue() {
        propose(new DirectoryCommand.Acquire(GRAIN, EAST, 1_000));

        run(new LeaseExpirer(() -> Instant.ofEpochMilli(999)));
        assertThat(proposed).isEmpty();
        run(new LeaseExpirer(() -> Instant.ofEpochMilli(1_000)));
        assertThat(proposed).containsExactly(new DirectoryCommand.ExpireLeases(1_000));
    }

    @Test
    void afterAJumpOfTheClockNoLeaseIsExpiredForAWhile() {
        propose(new DirectoryCommand.Acquire(GRAIN, EAST, 1_000));
        quorum.jumpsTo(10_000);
        run(new LeaseExpirer(() -> Instant.ofEpochMilli(10_000)));
        assertThat(owner()).as("held when it came to the log").contains(EAST);
        proposed.clear();

        long over = 10_000 + Config.DEFAULTS.get(Setting.SUSPECT_AFTER_MILLIS);
        run(new LeaseExpirer(() -> Instant.ofEpochMilli(over - 1)));
        assertThat(proposed).isEmpty();
        quorum.stampedAt(over);
        run(new LeaseExpirer(() -> Instant.ofEpochMilli(over)));
        assertThat(owner()).isEmpty();
    }

    @Test
    void aTombstoneIsPurgedOnlyWhenItIsDue() {
        propose(new DirectoryCommand.Acquire(GRAIN, EAST, 0));
        propose(new DirectoryCommand.Release(GRAIN, EAST, new Epoch(1)));
        long kept = Config.DEFAULTS.get(Setting.TOMBSTONE_MILLIS);

        run(new TombstoneCollector(() -> Instant.ofEpochMilli(kept - 1)));
        assertThat(proposed).isEmpty();
        run(new TombstoneCollector(() -> Instant.ofEpochMilli(kept)));
        assertThat(proposed).containsExactly(new DirectoryCommand.PurgeTombstones(1_000));
    }

    @Test
    void housekeepingGoesOnUntilLessThanABatchIsLeft() {
        List<Long> counts = new ArrayList<>(List.of(1_000L, 1_000L, 999L));
        Housekeeping.repeat(
                new DirectoryCommand.ExpireLeases(1_000),
                command -> {
                    proposed.add(command);
                    return new Outcome.Done(
                            io.staddle.api.id.Revision.NONE,
                            new Answer.Removed("leases", counts.removeFirst()));
                });

        assertThat(proposed).hasSize(3);
    }

    @Test
    void aTaskRunsOnlyOnALeaderThatIsReadyAndItsFailuresAreCounted() {
        Failing task = new Failing();
        TaskRunner runner =
                new TaskRunner(task, quorum, (name, term) -> new FrontProposer(front, name, term));

        quorum.stands(FakeQuorum.follower(0, 0, 0));
        runner.runOnce();
        assertThat(runner.failures()).isZero();
        quorum.stands(FakeQuorum.leader(0, 0));
        runner.runOnce();
        runner.runOnce();
        assertThat(runner.failures()).isEqualTo(2);
        assertThat(quorum.readFailures).as("it may have met damaged data").hasSize(2);
    }

    @Test
    void tasksBeginWhenTheServerBeginsToLead() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        Counting task = new Counting(ran);
        quorum.stands(FakeQuorum.follower(0, 0, 0));
        try (LeaderTasks _ =
                LeaderTasks.start(
                        List.of(task),
                        quorum,
                        (name, term) -> new FrontProposer(front, name, term))) {
            assertThat(ran.await(50, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(task.asked.get()).as("its thread does not even wake up").isZero();
            quorum.stands(FakeQuorum.leader(0, 0));
            assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Optional<ClusterId> owner() {
        try (View view = quorum.view()) {
            return new Queries(view).lookup(GRAIN).owner();
        }
    }

    private void run(LeaderTask task) {
        try (View view = quorum.view()) {
            task.run(
                    view,
                    command -> {
                        proposed.add(command);
                        return new FrontProposer(front, task.name(), TERM).propose(command);
                    });
        }
    }

    private void propose(Command command) {
        assertThat(new FrontProposer(front, "test", TERM).propose(command))
                .isInstanceOf(Outcome.Done.class);
    }

    private static final class Counting implements LeaderTask {
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch ran;

        Counting(CountDownLatch ran) {
            this.ran = ran;
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Duration period() {
            asked.incrementAndGet();
            return Duration.ofMillis(1);
        }

        @Override
        public void run(View view, Proposer proposer) {
            ran.countDown();
        }
    }

    private static final class Failing implements LeaderTask {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public Duration period() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void run(View view, Proposer proposer) {
            throw new IllegalStateException("as told");
        }
    }
}
