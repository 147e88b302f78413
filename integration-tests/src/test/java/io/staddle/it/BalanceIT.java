package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.PlanWish;
import io.staddle.api.query.RoutingDelta;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.DataPlane;
import io.staddle.it.kit.Inspection;
import io.staddle.it.kit.Migrations;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A node is filled by a plan, and another one drains by itself though the leader is killed
/// meanwhile.
@Tag("slow")
final class BalanceIT {
    private static final List<NodeId> NODES =
            List.of(new NodeId("n1"), new NodeId("n2"), new NodeId("n3"), new NodeId("n4"));
    private static final NodeId FIRST = NODES.getFirst();
    private static final NodeId NEW = NODES.getLast();
    private static final long BUDGET_MICROS = 30_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final ClusterExtension CLUSTER = ClusterExtension.of(ClusterSettings.named("balance"));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();

    @AfterAll
    static void invariantsHold() {
        CLUSTER.get().heal();
        CLUSTER.get().awaitEqualDigests();
        assertThat(Inspection.violations(CLUSTER.get())).isEmpty();
    }

    @Test
    void aNodeIsFilledByPlansAndAnotherOneDrainsByItself() {
        Migrations.register(client, NODES);
        client.routing().init(new RoutingLayout(24, 6, 2, NODES.subList(0, 3)));
        client.servers()
                .putConfig(
                        Map.of(
                                "migration.max-concurrent", "24",
                                "migration.max-per-node", "24",
                                // A node of this data plane does one thing at a time.
                                "migration.budget-micros", Long.toString(BUDGET_MICROS)),
                        0);
        try (DataPlane plane = new DataPlane(client)) {
            plane.hold(false);
            fill();
            drain();
        }
    }

    private void fill() {
        PlanWish wish = new PlanWish.Fill(NEW);
        BalancePlan old = client.migrations().plan(wish);
        assertThat(old.shifts()).isNotEmpty();
        assertThat(client.migrations().plan(wish).id()).isEqualTo(old.id());
        client.servers().putConfig(Map.of("balance.tolerance-percent", "10"), 1);
        assertThat(client.migrations().apply(old, BUDGET_MICROS))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused ->
                                assertThat(refused.why()).isInstanceOf(Refusal.PlanChanged.class));
        BalancePlan first = client.migrations().plan(wish);
        for (BalancePlan plan = first; !plan.shifts().isEmpty(); ) {
            assertThat(client.migrations().apply(plan, BUDGET_MICROS))
                    .isInstanceOf(Result.Done.class);
            awaitRest();
            plan = client.migrations().plan(wish);
        }
        assertThat(served(NEW)).isBetween(5L, 7L);
    }

    private void drain() {
        client.routing().setNodeState(FIRST, NodeState.DRAINING, version());
        await("the first migration")
                .atMost(PATIENCE)
                .until(() -> !client.migrations().list(0).isEmpty());
        cluster.awaitLeader().kill();
        cluster.heal();
        await("a node that drains")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> routing().groups().stream().noneMatch(group -> group.has(FIRST)));
        assertThat(served(FIRST)).isZero();
        assertThat(routing().groups())
                .extracting(group -> group.voters().size())
                .allMatch(voters -> voters >= 2);
    }

    private void awaitRest() {
        await("the end of all migrations and of who is not needed")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> client.migrations().list(0).isEmpty() && isTrimmed());
    }

    private boolean isTrimmed() {
        return routing().groups().stream().map(GroupRecord::voters).allMatch(v -> v.size() == 2);
    }

    private long version() {
        return routing().nodes().getFirst().version();
    }

    private long served(NodeId node) {
        return routing().vShards().stream()
                .map(VShardRecord::leaseholder)
                .filter(node::equals)
                .count();
    }

    private RoutingDelta routing() {
        return client.routing().all();
    }
}
