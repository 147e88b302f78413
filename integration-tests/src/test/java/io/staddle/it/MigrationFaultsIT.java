package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.EventFilter;
import io.staddle.client.EventWatcher;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;
import io.staddle.client.migration.Effect;
import io.staddle.client.migration.Move;
import io.staddle.client.migration.Serving;
import io.staddle.dataplane.ratis.Configuration;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.Migrations;
import io.staddle.it.kit.PlaneCall;
import io.staddle.it.kit.RatisNodes;
import io.staddle.it.kit.TestCluster;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Whatever dies before or after whichever call of an agent: a migration ends, whole or undone, and
/// what it was is what the data plane is.
final class MigrationFaultsIT {
    private static final int GROUPS = 160;
    private static final NodeId TARGET = RatisNodes.NAMES.getLast();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BUDGET_MICROS = 10_000_000;
    private static final AtomicInteger USED = new AtomicInteger();
    private static @Nullable RatisNodes shared;

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(ClusterSettings.named("migration-faults"));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();
    private final RatisNodes nodes = Objects.requireNonNull(shared);

    /// Who or what dies.
    enum Victim {
        /// The server of Staddle that leads.
        LEADER,
        /// The agent that makes the call; it comes back in another life of the node.
        AGENT,
        /// The node that the vShard leaves, until the migration is over.
        SOURCE,
        /// The node that it goes to, until the migration is over.
        TARGET,
        /// The same; but it comes back at once, in another life.
        REPLACED,
        /// Nobody: the call is held up until all is over, while another agent does the work.
        ZOMBIE
    }

    @BeforeAll
    static void start(@TempDir Path directory) {
        StaddleClient client = CLUSTER.get().client();
        Directory.configure(
                client,
                Map.of(
                        "node.suspect-after-millis", "1500",
                        "migration.recovery-grace-millis", "1000",
                        "balance.auto-trim", "0"));
        shared = new RatisNodes(client, directory);
        await().atMost(PATIENCE)
                .until(() -> client.routing().nodes().size() == RatisNodes.NAMES.size());
        Migrations.activate(client);
        client.routing()
                .init(new RoutingLayout(GROUPS, GROUPS, 3, RatisNodes.NAMES.subList(0, 3)))
                .orThrow();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(shared).close();
        CLUSTER.get().heal();
        CLUSTER.get().awaitEqualDigests();
    }

    @ParameterizedTest
    @CsvSource({
        "PAUSE, true, LEADER",
        "PROMOTE, false, REPLACED",
    })
    void aMigrationEndsWhateverDies(PlaneCall call, boolean made, Victim victim) {
        run(call, made, victim);
    }

    @Test
    void aVShardMovesToANodeThatVotesAlready() {
        int number = USED.getAndIncrement();
        VShardRecord vShard = client.routing().all().vShards().get(number);
        Serving first = new Serving(vShard.leaseholder(), vShard.epoch());
        NodeId voter =
                Migrations.group(client, vShard.group()).voters().stream()
                        .filter(node -> !node.equals(first.holder()))
                        .findFirst()
                        .orElseThrow();
        nodes.host(vShard.group(), vShard.id(), first);
        MigrationId id = new MigrationId("to-a-voter");
        begin(id, vShard.id(), voter, false);
        MigrationRecord ended = Migrations.awaitEnd(client, id, PATIENCE);

        assertThat(ended.phase()).isEqualTo(MigrationPhase.COMPLETED);
        Serving next = Move.of(ended).moved();
        assertThat(nodes.writes(vShard.group(), vShard.id(), next)).isTrue();
        assertThat(nodes.writes(vShard.group(), vShard.id(), first)).isFalse();
        assertThat(Migrations.group(client, vShard.group()).voters()).hasSize(3);
        nodes.forget(vShard.group());
    }

    @Tag("soak")
    @ParameterizedTest
    @MethodSource("all")
    void aMigrationEndsWhateverDiesWhenever(PlaneCall call, boolean made, Victim victim) {
        run(call, made, victim);
    }

    /// Each checkpoint of the leader, and each report of an agent, is committed; whether anybody
    /// was told of it is left to chance.
    @Tag("soak")
    @ParameterizedTest
    @CsvSource({
        "migration_started, 1",
        "group_reported, 1",
        "group_reported, 2",
        "progress_reported, 1",
        "progress_reported, 2",
        "progress_reported, 3",
        "phase_entered, 1",
        "phase_entered, 2",
        "phase_entered, 3",
        "phase_entered, 4",
        "fence_confirmed, 1",
        "migration_completed, 1",
        "migration_aborted, 1",
    })
    void aMigrationEndsThoughTheLeaderDiesRightAfterAnEntry(String kind, int time) {
        int number = USED.getAndIncrement();
        VShardRecord vShard = client.routing().all().vShards().get(number);
        GroupRecord before = Migrations.group(client, vShard.group());
        Serving first = new Serving(vShard.leaseholder(), vShard.epoch());
        nodes.host(vShard.group(), vShard.id(), first);
        MigrationId id = new MigrationId(number + "-" + kind + "-" + time);
        try (EventWatcher events = watch(kind)) {
            Thread killer = Thread.ofVirtual().start(() -> killLeaderAfter(time, events));
            begin(id, vShard.id(), TARGET, false);
            if (kind.equals("migration_aborted")) {
                abort(id);
            }
            MigrationRecord ended = Migrations.awaitEnd(client, id, PATIENCE);
            await("the death of the leader").atMost(PATIENCE).until(() -> !killer.isAlive());
            cluster.heal();

            assertWholeOrUndone(ended, before, first);
        }
        nodes.forget(vShard.group());
    }

    private EventWatcher watch(String kind) {
        EventWatcher events =
                client.events()
                        .watch(
                                WatchOptions.FROM_NOW
                                        .only(EventFilter.ALL.ofKinds(Set.of(kind)))
                                        .progressEvery(Duration.ofMillis(200)));
        await("the beginning of the watch")
                .atMost(PATIENCE)
                .until(() -> events.poll(Duration.ofMillis(200)).isPresent());
        return events;
    }

    private void killLeaderAfter(int time, EventWatcher events) {
        for (int left = time; left > 0; ) {
            left -= events.next() instanceof Watched.Change ? 1 : 0;
        }
        cluster.awaitLeader().kill();
    }

    /// All of them, or with `-Dstaddle.faults=ZOMBIE` those of that victim.
    static Stream<Arguments> all() {
        String only = System.getProperty("staddle.faults", "");
        List<Victim> victims =
                Arrays.stream(Victim.values())
                        .filter(each -> only.isEmpty() || each.name().equals(only))
                        .toList();
        return Arrays.stream(PlaneCall.values())
                .flatMap(call ->
                        Stream.of(false, true)
                                .flatMap(made ->
                                        victims.stream()
                                                .map(each -> Arguments.of(call, made, each))));
    }

    private void run(PlaneCall call, boolean made, Victim victim) {
        int number = USED.getAndIncrement();
        VShardRecord vShard = client.routing().all().vShards().get(number);
        GroupRecord before = Migrations.group(client, vShard.group());
        Serving first = new Serving(vShard.leaseholder(), vShard.epoch());
        nodes.host(vShard.group(), vShard.id(), first);
        MigrationId id = new MigrationId(number + "-" + call + "-" + made + "-" + victim);
        if (victim == Victim.ZOMBIE) {
            nodes.holdUp(
                    call,
                    vShard.group(),
                    made,
                    node -> {
                        nodes.startAgent(node);
                        Migrations.awaitEnd(client, id, PATIENCE);
                        awaitNobodyLeaves(vShard.group());
                    });
        } else {
            nodes.trap(call, vShard.group(), made, node -> strike(victim, first.holder(), node));
        }
        MigrationRecord ended;
        try {
            begin(id, vShard.id(), TARGET, call == PlaneCall.LEAD);
            ended = untilEnd(id, call, vShard.group(), first.holder());
            assertThat(nodes.sprung()).as("what was to happen has happened").isTrue();
        } finally {
            // Also for the next one, if this one failed.
            restore(victim, first.holder());
        }

        assertWholeOrUndone(ended, before, first);
        if (call == PlaneCall.LEAVE) {
            await("a node that was restarted knows it, too")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> !votersAt(TARGET, vShard.group()).contains(first.holder()));
        }
        nodes.forget(vShard.group());
    }

    private MigrationRecord untilEnd(MigrationId id, PlaneCall call, GroupId group, NodeId source) {
        if (call == PlaneCall.REMOVE) {
            abort(id);
        }
        MigrationRecord ended = Migrations.awaitEnd(client, id, PATIENCE);
        if (call == PlaneCall.LEAVE) {
            takeOut(group, source);
            awaitNobodyLeaves(group);
        }
        return ended;
    }

    private void begin(MigrationId id, VShardId vShard, NodeId target, boolean movesLeader) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StaddleException.class)
                .until(() -> {
                    client.routing().beat(target, nodes.incarnation(target));
                    client.migrations()
                            .start(
                                    new StartMigration(
                                            id,
                                            vShard,
                                            target,
                                            nodes.incarnation(target),
                                            BUDGET_MICROS,
                                            movesLeader,
                                            client.routing()
                                                    .all()
                                                    .vShards()
                                                    .get(vShard.value())
                                                    .epoch()))
                            .orThrow();
                    return true;
                });
    }

    private void abort(MigrationId id) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StaddleException.class)
                .until(() -> {
                    long seen = client.migrations().show(id).migration().stage().phaseVersion();
                    client.migrations().abort(id, "drill", seen).orThrow();
                    return true;
                });
    }

    private void takeOut(GroupId group, NodeId node) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StaddleException.class)
                .until(() -> {
                    client.routing()
                            .changeGroup(
                                    group,
                                    GroupChange.REMOVE,
                                    node,
                                    Migrations.group(client, group).configVersion())
                            .orThrow();
                    return true;
                });
    }

    private void awaitNobodyLeaves(GroupId group) {
        await("the data plane has taken out whoever is to go")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StaddleException.class)
                .until(() -> Migrations.group(client, group).removals().isEmpty());
    }

    private void strike(Victim victim, NodeId source, NodeId caller) {
        switch (victim) {
            case LEADER -> cluster.awaitLeader().kill();
            case AGENT -> {
                nodes.stopAgent(caller);
                nodes.startAgent(caller);
            }
            case SOURCE -> nodes.stop(source);
            case TARGET -> nodes.stop(TARGET);
            case REPLACED -> {
                nodes.stop(TARGET);
                nodes.start(TARGET);
            }
            case ZOMBIE -> throw new IllegalArgumentException("nobody dies of it");
        }
    }

    private void restore(Victim victim, NodeId source) {
        switch (victim) {
            case LEADER -> cluster.heal();
            case SOURCE -> nodes.revive(source);
            case TARGET -> nodes.revive(TARGET);
            case AGENT, REPLACED, ZOMBIE -> {}
        }
    }

    private void assertWholeOrUndone(MigrationRecord ended, GroupRecord before, Serving first) {
        Move move = Move.of(ended);
        boolean moved = ended.phase() == MigrationPhase.COMPLETED;
        Serving serves = moved ? move.moved() : move.undone();
        VShardRecord vShard = client.routing().all().vShards().get(move.vShard().value());
        assertThat(vShard.leaseholder()).isEqualTo(serves.holder());
        assertThat(vShard.epoch()).isEqualTo(serves.epoch());
        GroupRecord after = Migrations.group(client, move.group());
        assertThat(after.voters().contains(TARGET)).isEqualTo(moved);
        assertThat(after.learners()).isEqualTo(before.learners());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(nodes.addLearnerLate(first.holder(), move))
                            .isInstanceOf(Effect.Fenced.class);
                    Configuration members =
                            nodes.members(move.group(), serves.holder()).orElseThrow();
                    assertThat(members.voters().contains(TARGET)).isEqualTo(moved);
                    assertThat(members.learners()).isEmpty();
                    assertThat(nodes.writes(move.group(), move.vShard(), serves)).isTrue();
                });
        if (moved) {
            assertThat(nodes.writes(move.group(), move.vShard(), first)).isFalse();
        }
    }

    private Set<NodeId> votersAt(NodeId node, GroupId group) {
        return nodes.members(group, node).orElseThrow().voters();
    }
}
