package io.staddle.client.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.staddle.api.command.BarrierCommand;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.Vote;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleRefusedException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A coordinator and participants on a server that loses what can be lost.
@Timeout(60)
final class BarrierClientsTest {
    private static final NodeId MASTER = new NodeId("master");
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final FakeBarriers server = new FakeBarriers();
    private final StaddleClient client = server.client();
    private final Told told = new Told();

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    void aBeginWhoseAnswerWasLostBeginsOneBarrierAndSoDoesACommit() {
        try (BarrierCoordinator coordinator = coordinator(LEASE)) {
            server.loseAnswers(1);
            BarrierRecord barrier = begin(coordinator, "c1");
            assertThat(barrier.id().epoch()).isEqualTo(1);
            vote(1, A);
            vote(1, B);
            assertThat(coordinator.await(barrier.id())).isInstanceOf(BarrierOutcome.Reached.class);
            server.loseAnswers(1);
            assertThat(coordinator.commit(barrier.id()).status())
                    .isEqualTo(BarrierStatus.COMMITTED);
            assertThat(server.commands())
                    .containsExactly(
                            "BeginBarrier", "BeginBarrier", "CommitBarrier", "CommitBarrier");
        }
    }

    @Test
    void whoWaitsIsToldThoughItsStreamsAreLost() throws Exception {
        try (BarrierCoordinator coordinator = coordinator(LEASE)) {
            BarrierId id = begin(coordinator, "c1").id();
            CompletableFuture<BarrierOutcome> outcome =
                    CompletableFuture.supplyAsync(() -> coordinator.await(id));
            awaitWatchers(1);
            server.loseStreams();
            vote(1, A);
            awaitWatchers(1);
            server.trim();
            vote(1, B);
            assertThat(outcome.get(30, TimeUnit.SECONDS))
                    .isInstanceOf(BarrierOutcome.Reached.class);
        }
    }

    @Test
    void aParticipantVotesOnceAndIsToldOnceWhateverIsLost() throws Exception {
        try (BarrierCoordinator coordinator = coordinator(LEASE);
                BarrierParticipant participant = participant(A, 1, 0)) {
            awaitWatchers(1);
            BarrierId first = begin(coordinator, "c1").id();
            assertThat(told.next()).isEqualTo("prepare 1");
            vote(1, B);
            coordinator.await(first);
            server.loseStreams();
            coordinator.commit(first);
            assertThat(told.next()).isEqualTo("committed 1");

            awaitWatchers(1);
            server.trim();
            BarrierId second = begin(coordinator, "c2").id();
            assertThat(told.next()).isEqualTo("prepare 2");
            coordinator.abort(second, "drill");
            assertThat(told.next()).isEqualTo("aborted 2");
            assertThat(participant.ended()).isNotDone();
        }
        assertThat(told.said).isEmpty();
    }

    @Test
    void participantsOfOneProcessShareAWatchWhichTheLastOneEnds() throws Exception {
        ScopeNews news = ScopeNews.of(client, FakeBarriers.SCOPE);
        Told others = new Told();
        try (BarrierCoordinator coordinator = coordinator(LEASE);
                BarrierParticipant a = member(news, A, told)) {
            awaitWatchers(1);
            BarrierParticipant b = member(news, B, others);
            BarrierId first = begin(coordinator, "c1").id();
            assertThat(told.next()).isEqualTo("prepare 1");
            assertThat(others.next()).isEqualTo("prepare 1");
            assertThat(coordinator.await(first)).isInstanceOf(BarrierOutcome.Reached.class);
            assertThat(server.watchers()).as("of both, and of who coordinates").isLessThan(3);
            coordinator.commit(first);
            assertThat(told.next()).isEqualTo("committed 1");
            assertThat(others.next()).isEqualTo("committed 1");

            b.close();
            server.loseStreams();
            server.trim();
            coordinator.abort(begin(coordinator, "c2").id(), "drill");
            assertThat(told.next()).isIn("prepare 2", "aborted 2");
            assertThat(a.ended()).isNotDone();
        }
        assertThat(others.said).isEmpty();
        awaitNoWatcher();
        try (BarrierParticipant again = member(news, A, others)) {
            awaitWatchers(1);
            assertThat(again.ended()).isNotDone();
        }
    }

    @Test
    void newsOfAnotherScopeAreRefused() {
        ScopeNews news = ScopeNews.of(client, new ScopeId("other"));
        assertThatThrownBy(() -> member(news, A, told))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot follow news of scope other");
    }

    @Test
    void aParticipantThatBeginsLateIsToldWhatItMissedOldestFirst() throws Exception {
        try (BarrierCoordinator coordinator = coordinator(LEASE)) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                BarrierId id = begin(coordinator, "c" + epoch).id();
                vote(epoch, A);
                vote(epoch, B);
                if (epoch == 2) {
                    coordinator.abort(id, "drill");
                } else {
                    coordinator.commit(id);
                }
            }
            try (BarrierParticipant participant = participant(A, 1, 1)) {
                assertThat(told.next()).isEqualTo("aborted 2");
                assertThat(told.next()).isEqualTo("committed 3");
                assertThat(participant.ended()).isNotDone();
            }
        }
    }

    @Test
    void aParticipantThatCannotPrepareSaysWhyAndThrowingIsSaying() throws Exception {
        told.fails = true;
        try (BarrierCoordinator coordinator = coordinator(LEASE);
                BarrierParticipant participant = participant(A, 1, 0)) {
            BarrierId id = begin(coordinator, "c1").id();
            BarrierOutcome.Failed failed = (BarrierOutcome.Failed) coordinator.await(id);
            Vote.Failed said =
                    new Vote.Failed("EXCEPTION", "java.lang.IllegalStateException: no space");
            assertThat(failed.failures()).isEqualTo(Map.of(A, said));
            assertThat(told.next()).isEqualTo("aborted 1");
            assertThat(participant.ended()).isNotDone();
        }
    }

    @Test
    void aParticipantThatRestartedProvesItAndItsEarlierLifeEnds() throws Exception {
        try (BarrierCoordinator coordinator = coordinator(LEASE)) {
            BarrierId id = begin(coordinator, "c1").id();
            vote(1, A);
            try (BarrierParticipant participant = participant(A, 2, 0)) {
                assertThat(coordinator.await(id)).isInstanceOf(BarrierOutcome.Lost.class);
                assertThat(told.next()).isEqualTo("aborted 1");
                assertThat(participant.ended()).isNotDone();
            }
            coordinator.begin(new CheckpointId("c2"), Map.of(A, 2L), Duration.ZERO);
            try (BarrierParticipant earlier = participant(A, 1, 1)) {
                CompletionException ended =
                        catchThrowableOfType(CompletionException.class, earlier.ended()::join);
                assertThat(ended.getCause())
                        .isInstanceOf(StaddleRefusedException.class)
                        .hasMessageContaining("STALE_INCARNATION");
            }
        }
    }

    @Test
    void aCoordinatorThatWasReplacedLearnsItAndIsRefused() throws Exception {
        try (BarrierCoordinator coordinator = coordinator(Duration.ofMillis(100))) {
            BarrierId id = begin(coordinator, "c1").id();
            server.usurp();
            assertThat(coordinator.lost().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(Refusal.Held.class);
            StaddleRefusedException refused =
                    catchThrowableOfType(
                            StaddleRefusedException.class, () -> coordinator.commit(id));
            assertThat(refused.why()).isInstanceOf(Refusal.StaleToken.class);
            assertThat(coordinator.inDoubt()).isPresent();
        }
    }

    /// What the participant was told, in order.
    private static final class Told implements BarrierHandler {
        private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
        private volatile boolean fails;

        String next() throws InterruptedException {
            String next = said.poll(30, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        }

        @Override
        public Vote prepare(BarrierRecord barrier) {
            if (fails) {
                throw new IllegalStateException("no space");
            }
            said.add("prepare " + barrier.id().epoch());
            return new Vote.Prepared(OptionalLong.empty());
        }

        @Override
        public void committed(BarrierRecord barrier) {
            said.add("committed " + barrier.id().epoch());
        }

        @Override
        public void aborted(BarrierRecord barrier) {
            said.add("aborted " + barrier.id().epoch());
        }
    }

    private BarrierCoordinator coordinator(Duration lease) {
        return BarrierCoordinator.acquire(
                client, new Coordination(FakeBarriers.SCOPE, MASTER, 1, lease));
    }

    private BarrierParticipant participant(NodeId node, long incarnation, long toldEpoch) {
        return BarrierParticipant.start(
                client, new Membership(FakeBarriers.SCOPE, node, incarnation, toldEpoch), told);
    }

    private static BarrierParticipant member(ScopeNews news, NodeId node, Told told) {
        return BarrierParticipant.start(news, new Membership(FakeBarriers.SCOPE, node, 1, 0), told);
    }

    private void awaitNoWatcher() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (server.watchers() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(server.watchers()).isZero();
    }

    private static BarrierRecord begin(BarrierCoordinator coordinator, String checkpoint) {
        return coordinator.begin(
                new CheckpointId(checkpoint), Map.of(A, 1L, B, 1L), Duration.ofMinutes(1));
    }

    private void vote(long epoch, NodeId node) {
        BarrierId id = new BarrierId(FakeBarriers.SCOPE, epoch);
        Vote prepared = new Vote.Prepared(OptionalLong.empty());
        assertThat(server.apply(new BarrierCommand.AckBarrier(id, node, 1, prepared))).isNotNull();
    }

    private void awaitWatchers(int count) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (server.watchers() < count && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(server.watchers()).isGreaterThanOrEqualTo(count);
    }
}
