package io.staddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.staddle.api.command.Successor;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.EventFilter;
import io.staddle.api.query.ScopeState;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.ClusterAgent;
import io.staddle.client.ClusterAgentListener;
import io.staddle.client.FencedBecause;
import io.staddle.client.GrainHandle;
import io.staddle.client.GrainToken;
import io.staddle.client.StaddleClient;
import io.staddle.client.Standing;
import io.staddle.client.Watch;
import io.staddle.client.WatchOptions;
import io.staddle.client.barrier.Coordination;
import io.staddle.client.recipe.DoubleBarrier;
import io.staddle.client.recipe.ExclusiveLock;
import io.staddle.client.recipe.Gathering;
import io.staddle.client.recipe.GroupMembership;
import io.staddle.client.recipe.GroupWatch;
import io.staddle.client.recipe.Leadership;
import io.staddle.client.recipe.LeadershipListener;
import io.staddle.client.recipe.Member;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/// The recipes of the client library on a real server.
@StaddleTest
final class RecipesTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    @Test
    void aLockHasOneHolderAndTheNextOneHasAGreaterToken(StaddleClient client) throws Exception {
        ScopeId name = new ScopeId("lock-handed-on");
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            ExclusiveLock first = ExclusiveLock.acquire(client, holder(name, A, HOUR));
            Future<ExclusiveLock> next =
                    threads.submit(() -> ExclusiveLock.acquire(client, holder(name, B, HOUR)));
            assertThat(first.isHeld()).isTrue();
            assertThat(next.isDone()).isFalse();
            first.close();
            try (ExclusiveLock second = next.get()) {
                assertThat(second.token()).isGreaterThan(first.token());
                assertThat(second.isHeld()).isTrue();
                assertThat(second.lost()).isNotDone();
            }
        }
    }

    @Test
    void aLockWhoseLeaseIsOverGoesToTheNextOneAndItsHolderHearsOfThat(
            EmbeddedStaddle staddle, StaddleClient client) {
        ScopeId name = new ScopeId("lock-lost");
        // It renews twenty minutes from now at the earliest.
        try (ExclusiveLock first = ExclusiveLock.acquire(client, holder(name, A, HOUR))) {
            staddle.clock().advance(HOUR);
            Duration lease = Duration.ofSeconds(3);
            try (ExclusiveLock second = ExclusiveLock.acquire(client, holder(name, B, lease))) {
                assertThat(second.token()).isGreaterThan(first.token());
                try (ExclusiveLock again =
                        ExclusiveLock.acquire(client, new Coordination(name, B, 2, HOUR))) {
                    assertThat(again.token()).isGreaterThan(second.token());
                    patience().until(() -> second.lost().isDone());
                    assertThat(second.isHeld()).isFalse();
                    assertThat(second.lost().join())
                            .isInstanceOfAny(
                                    Refusal.StaleToken.class, Refusal.StaleIncarnation.class);
                }
            }
        }
    }

    @Test
    void nobodyPassesADoubleBarrierBeforeAllHaveComeNeitherInNorOut(StaddleClient client)
            throws Exception {
        ScopeId name = new ScopeId("double");
        Set<NodeId> both = Set.of(A, B);
        Duration limit = Duration.ofSeconds(30);
        List<String> seen = new CopyOnWriteArrayList<>();
        try (DoubleBarrier a = DoubleBarrier.join(client, new Gathering(name, both, A));
                DoubleBarrier b = DoubleBarrier.join(client, new Gathering(name, both, B));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<?> early =
                    threads.submit(
                            step(() -> {
                                a.enter(limit);
                                seen.add("a in");
                                a.leave(limit);
                                seen.add("a out");
                            }));
            patience().until(() -> client.barriers().scope(name).value().isPresent());
            assertThat(seen).isEmpty();
            b.enter(limit);
            patience().until(() -> seen.contains("a in"));
            seen.add("b is done");
            b.leave(limit);
            early.get();
            assertThat(seen).containsExactly("a in", "b is done", "a out");
            assertThatThrownBy(() -> b.enter(Duration.ofMillis(50)))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aMemberThatCoordinatesAndDiesIsFollowedByAnotherWithTheSameBarrier(
            EmbeddedStaddle staddle, StaddleClient client) throws Exception {
        ScopeId name = new ScopeId("double-orphaned");
        Set<NodeId> both = Set.of(A, B);
        Duration limit = Duration.ofSeconds(30);
        StaddleClient mortal = staddle.newClient().build();
        DoubleBarrier a = DoubleBarrier.join(mortal, new Gathering(name, both, A));
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<?> early = threads.submit(step(() -> a.enter(limit)));
            patience().until(() -> hasVoted(client, name, A));
            try (DoubleBarrier b = DoubleBarrier.join(client, new Gathering(name, both, B))) {
                mortal.close();
                staddle.clock().advance(Duration.ofSeconds(5));
                b.enter(limit);
                ScopeState state = client.barriers().scope(name).value().orElseThrow();
                assertThat(state.scope().coordinator().node()).contains(B);
                assertThat(client.barriers().barrier(new BarrierId(name, 1)).value())
                        .matches(each -> each.barrier().status() == BarrierStatus.COMMITTED);
            }
            a.close();
            assertThatThrownBy(early::get).hasCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void aGroupKnowsWhoJoinsWhoLeavesAndWhoFallsSilent(
            EmbeddedStaddle staddle, StaddleClient client) {
        GrainType group = new GrainType("workers");
        ClusterId cluster = registered(client, "group-cluster");
        List<SortedSet<String>> told = new CopyOnWriteArrayList<>();
        try (GroupWatch watch = GroupMembership.watch(client, group, told::add);
                GroupMembership one = join(client, group, "one", cluster, HOUR)) {
            GroupMembership two = join(client, group, "two", cluster, HOUR);
            assertThat(GroupMembership.members(client, group)).containsExactly("one", "two");
            two.close();
            patience().until(() -> told.contains(Set.of("one")) && told.getLast().size() == 1);
            // As if "one" were silent for an hour: it renews each twenty minutes only.
            staddle.clock().advance(HOUR);
            patience().until(() -> GroupMembership.members(client, group).isEmpty());
            patience().until(() -> told.getLast().isEmpty());
            assertThat(one.lost()).isNotDone();
            assertThat(watch.ended()).isNotDone();
        }
    }

    @Test
    void aMemberThatIsNoneAnyMoreHearsOfThat(StaddleClient client) {
        GrainType group = new GrainType("evicted");
        ClusterId cluster = registered(client, "evicting-cluster");
        try (GroupMembership one = join(client, group, "one", cluster, Duration.ofSeconds(1))) {
            client.grains()
                    .reassign(new GrainId(group, "one"), registered(client, "other"), new Epoch(1))
                    .orThrow();
            patience().until(() -> one.lost().isDone());
        }
    }

    @Test
    void oneClusterLeadsAndTheOfficeGoesOnWhenItIsReassignedOrItsHolderStepsDown(
            StaddleClient client) {
        GrainId office = GrainId.parse("office/scheduler");
        Leading eu = new Leading();
        Leading us = new Leading();
        try (ClusterAgent first = agent(client, "leader-eu");
                ClusterAgent second = agent(client, "leader-us")) {
            try (Leadership euSeeks = Leadership.seek(client, first, office, eu)) {
                patience().until(() -> euSeeks.token().isPresent());
                GrainToken old = euSeeks.token().orElseThrow();
                try (Leadership usSeeks = Leadership.seek(client, second, office, us)) {
                    client.grains()
                            .reassign(office, new ClusterId("leader-us"), old.epoch())
                            .orThrow();
                    patience().until(() -> usSeeks.token().isPresent());
                    assertThat(usSeeks.token().orElseThrow().epoch()).isGreaterThan(old.epoch());
                    patience().until(() -> eu.said.equals(List.of("elected", "revoked")));
                    assertThat(euSeeks.token()).isEmpty();
                }
                // us has stepped down.
                assertThat(us.said).containsExactly("elected", "revoked");
                patience().until(() -> euSeeks.token().isPresent());
            }
        }
    }

    @Test
    void aFailoverGivesTheOfficeToTheClusterThatItChooses(StaddleClient client) {
        GrainId office = GrainId.parse("office/treasurer");
        ClusterId lost = new ClusterId("office-eu");
        ClusterId heir = new ClusterId("office-us");
        Leading eu = new Leading();
        Leading us = new Leading();
        try (ClusterAgent first = agent(client, lost.value());
                ClusterAgent second = agent(client, heir.value());
                Leadership euSeeks = Leadership.seek(client, first, office, eu)) {
            patience().until(() -> euSeeks.token().isPresent());
            GrainToken old = euSeeks.token().orElseThrow();
            try (Leadership usSeeks = Leadership.seek(client, second, office, us)) {
                client.clusters()
                        .forceFailOver(
                                new MoveId("office-lost"),
                                lost,
                                fence(client, lost),
                                new Successor.Named(heir))
                        .orThrow();
                patience().until(() -> usSeeks.token().isPresent());
                assertThat(usSeeks.token().orElseThrow().epoch()).isGreaterThan(old.epoch());
                patience().until(() -> eu.said.equals(List.of("elected", "revoked")));
                assertThat(euSeeks.token()).isEmpty();
                assertThat(us.said).containsExactly("elected");
            }
        }
    }

    /// Servers forget what whoever watches has not been told yet.
    @Test
    void afterAGapALeaderAndWhoeverWatchesAGroupGoOnBeingTold(
            EmbeddedStaddle staddle, StaddleClient client) {
        GrainId office = GrainId.parse("office/archivist");
        ClusterId heir = new ClusterId("archive-us");
        List<SortedSet<String>> told = new CopyOnWriteArrayList<>();
        Leading eu = new Leading();
        WatchOptions seldom =
                WatchOptions.FROM_NOW
                        .only(EventFilter.grains(new GrainType("archives"), ""))
                        .progressEvery(Duration.ofMinutes(10));
        try (ClusterAgent other = agent(client, heir.value());
                ClusterAgent agent = agent(client, "archive-eu");
                Leadership seat = Leadership.seek(client, agent, office, eu);
                GroupWatch watch =
                        GroupMembership.watch(client, new GrainType("archives"), told::add);
                Watch probe = client.events().watch(seldom, _ -> {})) {
            patience().until(() -> seat.token().isPresent() && !told.isEmpty());
            Epoch epoch = seat.token().orElseThrow().epoch();
            staddle.configure(Map.of("history.entries-max", "1"));
            for (int i = 0; i < 50; i++) {
                client.grains().acquire(GrainId.of("paper", "" + i), heir).orThrow();
            }
            ServerId server = staddle.awaitLeader();
            staddle.stop(server);
            staddle.heal();
            patience().until(() -> probe.ended().isDone());

            client.grains().reassign(office, heir, epoch).orThrow();
            patience().until(() -> eu.said.contains("revoked"));
            try (GroupMembership one = join(client, new GrainType("archives"), "one", heir, HOUR)) {
                patience().until(() -> told.contains(Set.of("one")));
                assertThat(one.lost()).isNotDone();
            }
            assertThat(watch.ended()).isNotDone();
            assertThat(other.standing()).isEqualTo(Standing.HEALTHY);
        } finally {
            staddle.configure(Map.of("history.entries-max", "1000000"));
        }
    }

    private static boolean hasVoted(StaddleClient client, ScopeId scope, NodeId node) {
        return client.barriers()
                .scope(scope)
                .value()
                .flatMap(ScopeState::open)
                .map(open -> client.barriers().barrier(open.id()).value())
                .filter(open ->
                        open.participants().stream()
                                .anyMatch(each ->
                                        each.node().equals(node) && each.ballot().isPresent()))
                .isPresent();
    }

    private static Coordination holder(ScopeId name, NodeId node, Duration lease) {
        return new Coordination(name, node, 1, lease);
    }

    private static GroupMembership join(
            StaddleClient client, GrainType group, String name, ClusterId cluster, Duration lease) {
        return GroupMembership.join(client, new Member(group, name, cluster, lease));
    }

    private static ClusterId registered(StaddleClient client, String name) {
        ClusterId cluster = new ClusterId(name);
        client.clusters()
                .register(cluster, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY)
                .orThrow();
        return cluster;
    }

    private static Fence fence(StaddleClient client, ClusterId cluster) {
        return client.clusters().list().stream()
                .map(ClusterSummary::cluster)
                .filter(each -> each.id().equals(cluster))
                .findFirst()
                .orElseThrow()
                .fence();
    }

    private static ClusterAgent agent(StaddleClient client, String cluster) {
        ClusterAgent agent =
                client.agent(new ClusterId(cluster))
                        .start(
                                new ClusterAgentListener() {
                                    @Override
                                    public void healthy(Fence fence) {}

                                    @Override
                                    public void fenced(FencedBecause why) {}
                                });
        patience().until(() -> agent.standing() == Standing.HEALTHY);
        return agent;
    }

    private static ConditionFactory patience() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private interface Step {
        void take() throws Exception;
    }

    private static Callable<Boolean> step(Step step) {
        return () -> {
            step.take();
            return true;
        };
    }

    /// What a candidate was told.
    private static final class Leading implements LeadershipListener {
        private final List<String> said = new CopyOnWriteArrayList<>();

        @Override
        public void elected(GrainHandle office) {
            said.add("elected");
        }

        @Override
        public void revoked() {
            said.add("revoked");
        }
    }
}
