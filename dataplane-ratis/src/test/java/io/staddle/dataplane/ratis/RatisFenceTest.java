package io.staddle.dataplane.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Membership;
import io.staddle.client.conformance.Members;
import io.staddle.client.migration.Effect;
import io.staddle.client.migration.Move;
import io.staddle.client.migration.Serving;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// What calls that are held up inside of the data plane come to, and what a restart leaves.
final class RatisFenceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static @Nullable RatisNodes shared;

    private final RatisNodes nodes = Objects.requireNonNull(shared);
    private final RatisGroup group = new RatisGroup(nodes);
    private Members before = new Members(Set.of(), Set.of());

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        shared = new RatisNodes(directory);
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(shared).close();
    }

    @BeforeEach
    void look() {
        before = group.members();
    }

    /// The trace of `reliability.md` 4c, as far inside of the data plane as it can be: the learner
    /// was decided upon, and the leader is about to ask Ratis for it.
    @Test
    void aLearnerThatALeaderIsAboutToAddWhenAnotherOneTakesOverIsNoGhost() throws Exception {
        Move move = move(1);
        Halted adding = new Halted(move);
        group.changeLeader();
        done(() -> nodes.at(move.source()).fence(move));
        done(() -> nodes.at(move.source()).removeMember(move));
        adding.goOn();
        adding.join();

        assertNobodyWasAdded(move);
    }

    @Test
    void aLearnerThatTheSameLeaderIsAboutToAddWhenTheFenceIsDecidedIsNoGhost() throws Exception {
        Move move = move(1);
        Halted adding = new Halted(move);
        assertThat(nodes.at(move.source()).fence(move))
                .as("while a change may be under way")
                .isInstanceOf(Effect.Pending.class);
        adding.goOn();
        done(() -> nodes.at(move.source()).fence(move));
        adding.join();

        assertNobodyWasAdded(move);
    }

    @Test
    void aFenceIsConfirmedThoughTheTargetIsDeadAndWritesGoOn() throws Exception {
        Move move = move(1);
        nodes.stop(move.target());
        AtomicBoolean over = new AtomicBoolean();
        Thread writer =
                Thread.ofVirtual()
                        .start(() -> {
                            while (!over.get()) {
                                group.write(group.otherVShard(), move.undone(), "on and on");
                            }
                        });
        Effect added = nodes.at(move.source()).addLearner(move);
        assertThat(added).isInstanceOf(Effect.Pending.class);
        done(() -> nodes.at(move.source()).resumeWrites(move, move.undone()));
        done(() -> nodes.at(move.source()).fence(move));
        done(() -> nodes.at(move.source()).removeMember(move));
        over.set(true);
        writer.join();
        nodes.start(move.target());

        assertNobodyWasAdded(move);
    }

    /// From the leader as well as from nodes that ask it.
    @Test
    void writesThatWaitForTheEndOfAPauseDoNotFillTheLog() throws Exception {
        Move move = move(1);
        done(() -> nodes.at(move.source()).pauseWrites(move));
        long before = committed();
        for (NodeId node : List.of(RatisNodes.A, RatisNodes.B, RatisNodes.C, RatisNodes.D)) {
            for (int i = 0; i < 5; i++) {
                assertThat(write(node, move.undone())).isEqualTo(new WriteOutcome.Paused());
                assertThat(write(node, move.moved()))
                        .isEqualTo(new WriteOutcome.NotServed(move.undone()));
            }
        }
        // Observations and elections may come in between.
        assertThat(committed() - before).isLessThan(10);
    }

    private WriteOutcome write(NodeId node, Serving as) {
        return nodes.at(node).write(group.group(), group.vShard(), as, ByteBuffer.allocate(1));
    }

    private long committed() throws IOException {
        return nodes.at(group.leader())
                .replicas()
                .calls(group.group())
                .division()
                .getRaftLog()
                .getLastCommittedIndex();
    }

    @Test
    void whatIsOverAndWhoServesOutlivesARestartOfAllNodes() throws Exception {
        Move move = move(1);
        assertThat(group.write(group.vShard(), move.undone(), "one")).isTrue();
        done(() -> nodes.at(move.target()).addLearner(move));
        done(() -> nodes.at(move.target()).promote(move));
        done(() -> nodes.at(move.target()).pauseWrites(move));
        done(() -> nodes.at(move.target()).resumeWrites(move, move.moved()));
        done(() -> nodes.at(move.target()).fence(move));
        for (NodeId node : nodes.running()) {
            nodes.stop(node);
            nodes.start(node);
        }
        group.leader();

        assertThat(nodes.at(move.source()).pauseWrites(move)).isInstanceOf(Effect.Fenced.class);
        assertThat(group.write(group.vShard(), move.undone(), "zombie")).isFalse();
        assertThat(group.write(group.vShard(), move.moved(), "two")).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(group.written(group.vShard(), move.target()))
                                .containsExactly("one", "two"));
        assertThat(group.members().voters()).contains(move.target());
    }

    /// A learner that is being added, up to where the leader is about to ask Ratis for it.
    private final class Halted {
        private final NodeId leader = group.leader();
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final Thread adding;

        Halted(Move move) throws InterruptedException {
            Semaphore reached = new Semaphore(0);
            nodes.beforeChange(
                    leader,
                    () -> {
                        reached.release();
                        awaitQuietly(goOn);
                    });
            adding = Thread.ofVirtual().start(() -> nodes.at(move.target()).addLearner(move));
            assertThat(reached.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        void goOn() {
            nodes.beforeChange(leader, () -> {});
            goOn.countDown();
        }

        void join() throws InterruptedException {
            adding.join();
        }
    }

    private void assertNobodyWasAdded(Move move) {
        assertThat(nodes.at(move.source()).addLearner(move)).isInstanceOf(Effect.Fenced.class);
        group.changeLeader();
        assertThat(nodes.at(move.source()).addLearner(move)).isInstanceOf(Effect.Fenced.class);
        assertThat(group.members()).isEqualTo(before);
        assertThat(group.write(group.vShard(), move.undone(), "open")).isTrue();
    }

    private static void done(Supplier<Effect> call) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> call.get() instanceof Effect.Done);
    }

    private Move move(long number) {
        return new Move(
                new MigrationId("move-" + number),
                number,
                group.vShard(),
                group.group(),
                group.source(),
                group.target(),
                Membership.NONE,
                Epoch.NONE.next());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
