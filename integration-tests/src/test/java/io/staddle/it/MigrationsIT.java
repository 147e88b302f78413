package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.MigrationDetails;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.DataPlane;
import io.staddle.it.kit.Migrations;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;

/// vShards move between data nodes on real servers, whose leaders are killed meanwhile.
final class MigrationsIT {
    private static final int V_SHARDS = 1_024;
    private static final List<NodeId> NODES =
            List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"), new NodeId("n4"));
    private static final NodeId TARGET = NODES.getLast();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(ClusterSettings.named("migrations"));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();

    @BeforeAll
    static void initialise() {
        StaddleClient client = CLUSTER.get().client();
        Migrations.register(client, NODES);
        client.routing().init(new RoutingLayout(V_SHARDS, 8, 3, NODES.subList(0, 3)));
    }

    @AfterAll
    static void everythingAgrees() {
        CLUSTER.get().heal();
        CLUSTER.get().awaitEqualDigests();
    }

    @Test
    void aLeaderThatIsKilledBeforeOrAfterTheCutOverLeavesNothingBehind() {
        int vShard = 0;
        for (MigrationPhase phase :
                List.of(MigrationPhase.LEADERSHIP_TRANSFER, MigrationPhase.CUTOVER)) {
            VShardRecord before = vShard(vShard);
            MigrationId id = new MigrationId("killed-in-" + phase);
            start(id, before);
            try (DataPlane plane = new DataPlane(client)) {
                await(phase.name())
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> reached(id, phase));
                plane.hold(true);
                cluster.awaitLeader().kill();
                plane.hold(false);
                MigrationRecord ended = Migrations.awaitEnd(client, id, PATIENCE);
                assertThat(ended.phase()).isEqualTo(MigrationPhase.COMPLETED);
            }
            VShardRecord after = vShard(vShard);
            assertThat(after.leaseholder()).isEqualTo(TARGET);
            assertThat(after.epoch()).isEqualTo(before.epoch().next());
            assertThat(client.routing().check(after.id(), TARGET, after.epoch())).isTrue();
            assertThat(client.routing().check(before.id(), before.leaseholder(), before.epoch()))
                    .isFalse();
            cluster.heal();
            vShard++;
        }
    }

    @Test
    void anAbortBringsBackTheMembersThoughTheLeaderIsKilledRightAfterIt() {
        VShardRecord before = vShard(100);
        GroupRecord members = Migrations.group(client, before.group());
        MigrationId id = new MigrationId("aborted");
        start(id, before);
        long seen = client.migrations().show(id).migration().stage().phaseVersion();
        assertThat(client.migrations().abort(id, "drill", seen)).isInstanceOf(Result.Done.class);
        cluster.awaitLeader().kill();

        GroupRecord after = Migrations.group(client, before.group());
        assertThat(after.voters()).isEqualTo(members.voters());
        assertThat(after.learners()).isEqualTo(members.learners());
        assertThat(vShard(100).leaseholder()).isEqualTo(before.leaseholder());
        MigrationDetails details = client.migrations().show(id);
        assertThat(details.migration().phase()).isEqualTo(MigrationPhase.ABORTED);
        assertThat(details.checkpoints()).hasSize(2).allMatch(MigrationCheckpoint::isIntact);
        try (DataPlane plane = new DataPlane(client)) {
            plane.hold(false);
            assertThat(Migrations.awaitEnd(client, id, PATIENCE).fenced()).isTrue();
        }
        cluster.heal();
    }

    @Test
    void whatHasChangedOfRoutingIsAllThatIsSent() {
        var all = client.routing().changesAfter(0, Consistency.LINEARIZABLE);
        assertThat(all.value().vShards()).hasSize(V_SHARDS);
        long index = all.header().index();
        VShardRecord moved = vShard(200);
        NodeId other =
                Migrations.group(client, moved.group()).voters().stream()
                        .filter(node -> !node.equals(moved.leaseholder()))
                        .findFirst()
                        .orElseThrow();
        client.routing().assign(moved.id(), moved.group(), other, moved.epoch());

        var delta = client.routing().changesAfter(index, Consistency.LINEARIZABLE);
        assertThat(delta.value().vShards())
                .extracting(VShardRecord::id)
                .contains(moved.id())
                .hasSizeLessThan(20);
        assertThat(delta.header().index()).isGreaterThan(index);
    }

    private void start(MigrationId id, VShardRecord vShard) {
        client.routing().beat(TARGET, 1);
        Result<MigrationRecord> started =
                client.migrations()
                        .start(
                                new StartMigration(
                                        id,
                                        vShard.id(),
                                        TARGET,
                                        1,
                                        30_000_000,
                                        false,
                                        vShard.epoch()));
        assertThat(started).isInstanceOf(Result.Done.class);
    }

    private boolean reached(MigrationId id, MigrationPhase phase) {
        return Migrations.now(client, id)
                .filter(each -> each.phase().compareTo(phase) >= 0)
                .isPresent();
    }

    private VShardRecord vShard(int number) {
        VShardId id = new VShardId(number);
        return client.routing().all().vShards().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
