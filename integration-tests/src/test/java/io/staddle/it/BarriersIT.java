package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.BarrierCommand.BeginBarrier;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Vote;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleRefusedException;
import io.staddle.client.barrier.BarrierCoordinator;
import io.staddle.client.barrier.BarrierHandler;
import io.staddle.client.barrier.BarrierOutcome;
import io.staddle.client.barrier.BarrierParticipant;
import io.staddle.client.barrier.Coordination;
import io.staddle.client.barrier.Membership;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.CommandLine;
import io.staddle.it.kit.CommandLine.Ran;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/// Barriers on real servers: leaders, coordinators and participants die at the worst moments.
final class BarriersIT {
    private static final NodeId MASTER = new NodeId("master");
    private static final NodeId HEIR = new NodeId("heir");
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG_LEASE = Duration.ofMinutes(5);

    @RegisterExtension
    static final ClusterExtension CLUSTER = ClusterExtension.of(ClusterSettings.named("barriers"));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();

    @AfterAll
    static void everythingAgrees() {
        CLUSTER.get().heal();
        CLUSTER.get().awaitEqualDigests();
    }

    @Test
    void aLeaderThatIsKilledBetweenReadyAndCommitChangesNothing() {
        ScopeId scope = new ScopeId("leader-killed");
        Told a = new Told();
        Told b = new Told();
        try (BarrierParticipant first = participant(scope, A, 1, 0, a);
                BarrierParticipant second = participant(scope, B, 1, 0, b);
                BarrierCoordinator coordinator = coordinator(scope, MASTER)) {
            BarrierRecord barrier = begin(coordinator, "c1", Duration.ofMinutes(5));
            assertThat(coordinator.await(barrier.id())).isInstanceOf(BarrierOutcome.Reached.class);
            cluster.awaitLeader().kill();

            assertThat(coordinator.commit(barrier.id()).status())
                    .isEqualTo(BarrierStatus.COMMITTED);
            BarrierRecord next = begin(coordinator, "c2", Duration.ofMinutes(5));
            assertThat(next.id().epoch()).isGreaterThan(barrier.id().epoch());
            assertThat(coordinator.await(next.id())).isInstanceOf(BarrierOutcome.Reached.class);
            coordinator.abort(next.id(), "drill");

            List<String> all = List.of("prepare 1", "committed 1", "prepare 2", "aborted 2");
            await().atMost(PATIENCE).until(() -> a.said.equals(all) && b.said.equals(all));
            assertThat(first.ended()).isNotDone();
            assertThat(second.ended()).isNotDone();
            assertThat(coordinator.lost()).isNotDone();
        }
        assertThat(client.barriers().barrier(new BarrierId(scope, 1)).value().barrier().status())
                .isEqualTo(BarrierStatus.COMMITTED);
    }

    @Test
    void aCoordinatorThatDiesBetweenReadyAndCommitIsFollowedByOneThatDecides() {
        ScopeId scope = new ScopeId("coordinator-died");
        Token old = acquire(scope, 300).scope().coordinator().token();
        BarrierId id = begin(scope, old).id();
        for (NodeId node : List.of(A, B)) {
            client.barriers().acknowledge(id, node, 1, prepared()).orThrow();
        }
        // Nobody renews the lease: the coordinator is dead.
        try (BarrierCoordinator heir = coordinator(scope, HEIR)) {
            assertThat(heir.token()).isGreaterThan(old);
            assertThat(heir.inDoubt().orElseThrow().barrier().status())
                    .isEqualTo(BarrierStatus.READY);
            Refusal fenced = refusal(client.barriers().commit(id, old));
            assertThat(fenced).isInstanceOf(Refusal.StaleToken.class);
            assertThat(heir.commit(id).status()).isEqualTo(BarrierStatus.COMMITTED);
            assertThat(heir.inDoubt()).isEmpty();
        }
        // The dead one was only slow: it reads the decision, and changes nothing.
        assertThat(client.barriers().commit(id, old).orThrow().status())
                .isEqualTo(BarrierStatus.COMMITTED);
        Told late = new Told();
        try (BarrierParticipant participant = participant(scope, A, 1, 0, late)) {
            await().atMost(PATIENCE).until(() -> late.said.equals(List.of("committed 1")));
            assertThat(participant.ended()).isNotDone();
        }
    }

    @Test
    void aParticipantThatRestartsAbortsAndALateVoteOfItsEarlierLifeHasNoEffect() {
        ScopeId scope = new ScopeId("restarted");
        Told b = new Told();
        Told again = new Told();
        try (BarrierCoordinator coordinator = coordinator(scope, MASTER)) {
            BarrierId id = begin(coordinator, "c1", Duration.ofMinutes(5)).id();
            client.barriers().acknowledge(id, A, 1, prepared()).orThrow();
            try (BarrierParticipant first = participant(scope, B, 1, 0, b);
                    BarrierParticipant second = participant(scope, A, 2, 0, again)) {
                BarrierOutcome outcome = coordinator.await(id);
                if (outcome instanceof BarrierOutcome.Reached) {
                    await().atMost(PATIENCE).until(() -> status(id) == BarrierStatus.ABORTED);
                    outcome = coordinator.await(id);
                }
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                BarrierOutcome.Lost.class,
                                lost -> {
                                    assertThat(lost.code())
                                            .isEqualTo(BarrierAbortCode.PARTICIPANT_RESTARTED);
                                    assertThat(lost.nodes()).containsExactly(A);
                                });
                BarrierId next =
                        coordinator
                                .begin(new CheckpointId("c2"), Map.of(A, 2L, B, 1L), LONG_LEASE)
                                .id();
                assertThat(refusal(client.barriers().acknowledge(next, A, 1, prepared())))
                        .isInstanceOf(Refusal.StaleIncarnation.class);
                assertThat(coordinator.await(next)).isInstanceOf(BarrierOutcome.Reached.class);
                coordinator.commit(next);
                await().atMost(PATIENCE).until(() -> again.said.contains("committed 2"));
                assertThat(again.said).containsExactly("aborted 1", "prepare 2", "committed 2");
                assertThat(first.ended()).isNotDone();
                assertThat(second.ended()).isNotDone();
            }
        }
    }

    @Test
    void aBarrierEndsAtItsDeadlineAndSaysWhoIsMissingAndOneThatFailedSaysWhy() {
        ScopeId scope = new ScopeId("missing");
        try (BarrierCoordinator coordinator = coordinator(scope, MASTER)) {
            BarrierId late = begin(coordinator, "c1", Duration.ofSeconds(1)).id();
            // On a busy machine it may come too late, too.
            client.barriers().acknowledge(late, B, 1, prepared());
            assertThat(coordinator.await(late))
                    .isInstanceOfSatisfying(
                            BarrierOutcome.TimedOut.class,
                            outcome -> assertThat(outcome.missing()).contains(A));

            BarrierId id = begin(coordinator, "c2", Duration.ofMinutes(5)).id();
            Vote.Failed full = new Vote.Failed("DISK_FULL", "no space left");
            client.barriers().acknowledge(id, A, 1, full).orThrow();
            assertThat(coordinator.await(id))
                    .isInstanceOfSatisfying(
                            BarrierOutcome.Failed.class,
                            outcome -> assertThat(outcome.failures()).isEqualTo(Map.of(A, full)));
            StaddleRefusedException refused =
                    catchThrowableOfType(
                            StaddleRefusedException.class, () -> coordinator.commit(id));
            assertThat(refused.why()).isInstanceOf(Refusal.BarrierDecided.class);
        }
    }

    @Test
    void barriersOnTheCommandLine() {
        assertThat(staddle("barrier", "acquire", "cli", "--node", "op", "--lease", "1h").out())
                .contains("op coordinates scope cli with token 1");
        assertThat(staddle("barrier", "begin", "cli", "--checkpoint", "c1").err())
                .contains("NO_PARTICIPANTS", "barrier configure --solo");
        String[] begin = "barrier begin cli --checkpoint c1 --participants a,b:2".split(" ", -1);
        assertThat(staddle(begin).out()).contains("cli/1 is PREPARE 0/2");
        assertThat(staddle(begin).code()).isZero();
        assertThat(staddle("barrier", "ack", "cli/1", "--node", "a", "--watermark", "-7").out())
                .contains("PREPARE 1/2");
        assertThat(staddle("barrier", "show", "cli").out())
                .contains("cli/1", "prepared, watermark -7", "has not voted");
        Ran early = staddle("barrier", "commit", "cli/1", "--reason", "drill");
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.err()).contains("NOT_READY", "[b]");
        assertThat(staddle("barrier", "abort", "cli/1", "--reason", "drill").out())
                .contains("ABORTED");
        assertThat(staddle("barrier", "list", "cli").out()).contains("OPERATOR (drill)");
        assertThat(staddle("barrier", "list", "-o", "json").out()).contains("\"id\": \"cli\"");
        assertThat(staddle("events", "list", "--scope", "cli").out())
                .contains("barrier_begun", "barrier_aborted")
                .doesNotContain("leader-killed");
        assertThat(staddle("barrier", "release", "cli", "--token", "1").code()).isZero();
    }

    /// What a participant was told, in order; it is prepared at once.
    private static final class Told implements BarrierHandler {
        private final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public Vote prepare(BarrierRecord barrier) {
            said.add("prepare " + barrier.id().epoch());
            return prepared();
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

    private BarrierCoordinator coordinator(ScopeId scope, NodeId node) {
        return BarrierCoordinator.acquire(client, new Coordination(scope, node, 1, LONG_LEASE));
    }

    private BarrierParticipant participant(
            ScopeId scope, NodeId node, long incarnation, long told, Told handler) {
        return BarrierParticipant.start(
                client, new Membership(scope, node, incarnation, told), handler);
    }

    private static BarrierRecord begin(
            BarrierCoordinator coordinator, String checkpoint, Duration timeout) {
        return coordinator.begin(new CheckpointId(checkpoint), Map.of(A, 1L, B, 1L), timeout);
    }

    private BarrierRecord begin(ScopeId scope, Token token) {
        List<Participation> all = List.of(Participation.of(A, 1), Participation.of(B, 1));
        BeginBarrier begin =
                new BeginBarrier(scope, token, new CheckpointId("c1"), all, 300_000, 0);
        return client.barriers().begin(begin).orThrow();
    }

    private Answer.Coordination acquire(ScopeId scope, long leaseMillis) {
        Duration lease = Duration.ofMillis(leaseMillis);
        return client.barriers().acquire(scope, MASTER, 1, lease).orThrow();
    }

    private BarrierStatus status(BarrierId id) {
        return client.barriers().barrier(id).value().barrier().status();
    }

    private static Vote prepared() {
        return new Vote.Prepared(OptionalLong.empty());
    }

    private static Refusal refusal(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused<?>) result).why();
    }

    private static Ran staddle(String... words) {
        return CommandLine.run(words, "--endpoints", CLUSTER.get().endpoints());
    }
}
