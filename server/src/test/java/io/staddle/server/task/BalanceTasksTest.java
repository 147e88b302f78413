package io.staddle.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.AdminCommand.PutConfig;
import io.staddle.api.command.MigrationCommand.AbortMigration;
import io.staddle.api.command.MigrationCommand.ConfirmFence;
import io.staddle.api.command.NodeCommand.DecommissionNode;
import io.staddle.api.command.NodeCommand.SetNodeState;
import io.staddle.api.command.RoutingCommand.ChangeGroup;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.VShardRecord;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a leader does about members and vShards by itself.
final class BalanceTasksTest {
    private static final NodeId A = new NodeId("a");

    private final RoutingStage stage = new RoutingStage();
    private final ReplicaTrimmer trimmer = new ReplicaTrimmer(stage.vigil);
    private final OrphanAuditor auditor = new OrphanAuditor(stage.vigil);
    private final Decommissioner decommissioner = new Decommissioner(stage.vigil);
    private final Rebalancer rebalancer = new Rebalancer(stage.vigil);

    @Test
    void theSourceOfAMoveLeavesItsGroupAfterwardsAndNotBefore() {
        stage.join("a", "b");
        stage.routing(1, 1, 1, "a");
        stage.start("m", 0, "b");
        stage.beatAndReport();
        stage.run(trimmer);
        assertThat(stage.proposed).isEmpty();
        stage.finishMigrations();
        stage.run(trimmer);

        assertThat(stage.group(1).voters()).containsExactly(new NodeId("b"));
        stage.run(trimmer);
        assertThat(stage.proposed).as("once").hasSize(1);
    }

    @Test
    void nobodyIsTakenOutWhileOneOfThoseWhoStayIsSilent() {
        stage.join("a", "b");
        stage.routing(1, 1, 1, "a");
        stage.start("m", 0, "b");
        stage.finishMigrations();
        stage.passes(15_001);
        stage.run(trimmer);
        assertThat(stage.proposed).isEmpty();
        stage.beatAndReport();
        stage.run(trimmer);
        assertThat(stage.proposed).hasSize(1);
    }

    @Test
    void aVoterTooManyStaysWhileAnOperatorWantsItSo() {
        stage.join("a", "b");
        stage.routing(1, 1, 1, "a");
        stage.propose(new PutConfig(Map.of("balance.auto-trim", "0"), 0));
        stage.start("m", 0, "b");
        stage.finishMigrations();
        stage.run(trimmer);
        assertThat(stage.proposed).isEmpty();
        stage.propose(new PutConfig(Map.of("balance.auto-trim", "1"), 1));
        stage.run(trimmer);
        assertThat(stage.group(1).voters()).containsExactly(new NodeId("b"));
    }

    @Test
    void aLearnerThatNobodyNamesGoesOnceItsNodeDrains() {
        stage.join("a", "b");
        stage.routing(1, 1, 1, "a");
        stage.propose(new ChangeGroup(new GroupId(1), GroupChange.ADD_LEARNER, new NodeId("b"), 1));
        stage.run(auditor);
        assertThat(stage.proposed).as("an operator wants it").isEmpty();
        stage.state("b", NodeState.DRAINING);
        stage.run(auditor);
        assertThat(stage.group(1).learners()).isEmpty();
    }

    @Test
    void aNodeThatDrainsIsEmptiedAndStaysKnown() {
        stage.join("a", "b", "c", "d");
        stage.routing(6, 3, 2, "a", "b", "c");
        stage.state("a", NodeState.DRAINING);
        settle(decommissioner);

        assertThat(stage.groups())
                .noneMatch(group -> group.has(A))
                .allMatch(BalanceTasksTest::isFull);
        assertThat(served()).doesNotContainKey(A);
        assertThat(stage.node("a").state()).isEqualTo(NodeState.DRAINING);
        assertThat(stage.unfinished()).isEmpty();
    }

    @Test
    void aNodeThatLeavesForGoodIsDecommissionedOnceItIsInNoGroup() {
        stage.join("a", "b", "c");
        stage.routing(2, 1, 1, "a");
        stage.propose(new ChangeGroup(new GroupId(1), GroupChange.ADD_LEARNER, new NodeId("b"), 1));
        stage.propose(new ChangeGroup(new GroupId(1), GroupChange.PROMOTE, new NodeId("b"), 2));
        stage.propose(new DecommissionNode(A, stage.node("a").version()));
        stage.run(decommissioner);
        assertThat(stage.node("a").state()).isEqualTo(NodeState.DRAINING);
        settle(decommissioner);

        assertThat(stage.node("a").state()).isEqualTo(NodeState.DECOMMISSIONED);
    }

    @Test
    void aDrainThatIsAbortedIsTriedAgainLaterAndLater() {
        stage.join("a", "b");
        stage.routing(1, 1, 1, "a");
        stage.state("a", NodeState.DRAINING);
        for (long pause : new long[] {5_000, 10_000, 20_000}) {
            drain();
            assertThat(stage.unfinished()).as("before a pause of %s", pause).hasSize(1);
            abort(stage.unfinished().getFirst());
            stage.passes(pause - 1);
            drain();
            assertThat(stage.unfinished()).as("in a pause of %s", pause).isEmpty();
            stage.passes(1);
        }
        drain();
        assertThat(stage.unfinished()).hasSize(1);
    }

    private void drain() {
        stage.beatAndReport();
        stage.run(decommissioner);
    }

    private void abort(MigrationRecord migration) {
        stage.propose(
                new AbortMigration(
                        migration.id(),
                        AbortCode.OPERATOR,
                        "drill",
                        migration.stage().phaseVersion()));
        stage.propose(new ConfirmFence(migration.id(), A));
    }

    @Test
    void aNodeThatTheDataPlaneHasNotTakenOutIsNotGone() {
        stage.join("a", "b");
        stage.routing(1, 1, 1, "a");
        stage.propose(new ChangeGroup(new GroupId(1), GroupChange.ADD_LEARNER, new NodeId("b"), 1));
        stage.propose(new DecommissionNode(new NodeId("b"), stage.node("b").version()));
        stage.run(auditor);
        stage.run(decommissioner);
        assertThat(stage.group(1).learners()).isEmpty();
        assertThat(stage.node("b").state()).isEqualTo(NodeState.DRAINING);
        stage.left(stage.group(1), stage.group(1).removals().getFirst());
        stage.run(decommissioner);

        assertThat(stage.node("b").state()).isEqualTo(NodeState.DECOMMISSIONED);
    }

    @Test
    void whereNobodyCanTakeItsPlaceANodeThatDrainsStaysInItsGroups() {
        stage.join("a", "b");
        stage.routing(2, 2, 2, "a", "b");
        stage.state("a", NodeState.DRAINING);
        settle(decommissioner);

        assertThat(stage.groups()).allMatch(group -> group.has(A));
        assertThat(served()).as("what it served is served by others").doesNotContainKey(A);
    }

    @Test
    void nothingIsEmptiedWhileAnOperatorWantsItSo() {
        stage.join("a", "b");
        stage.routing(2, 1, 1, "a");
        stage.propose(new PutConfig(Map.of("balance.auto-drain", "0"), 0));
        stage.state("a", NodeState.DRAINING);
        stage.beatAndReport();
        stage.run(decommissioner);
        assertThat(stage.proposed).isEmpty();
    }

    @Test
    void vShardsMoveByThemselvesOnlyIfThatIsWantedAndUntilTheyAreEven() {
        stage.join("a", "b", "c");
        stage.routing(12, 3, 1, "a");
        stage.beatAndReport();
        stage.run(rebalancer);
        assertThat(stage.proposed).as("off unless it is switched on").isEmpty();

        stage.propose(new PutConfig(Map.of("balance.auto", "1"), 0));
        settle(rebalancer);
        assertThat(served().values()).containsExactly(4, 4, 4);
        assertThat(stage.groups()).allMatch(BalanceTasksTest::isFull);
        int moves = moves();
        settle(rebalancer);
        assertThat(moves()).as("nothing moves twice").isEqualTo(moves);
    }

    @Test
    void nothingIsGivenToANodeThatThisLeaderHasNotHeard() {
        stage.join("a", "b");
        stage.routing(8, 2, 1, "a");
        stage.propose(new PutConfig(Map.of("balance.auto", "1"), 0));
        stage.passes(7_200_000);
        stage.run(rebalancer);
        stage.run(trimmer);
        stage.run(decommissioner);
        assertThat(stage.proposed).isEmpty();
    }

    private static boolean isFull(GroupRecord group) {
        return group.voters().size() == group.replicationFactor();
    }

    private int moves() {
        return (int) stage.migrations(1_000).stream().map(MigrationRecord::id).distinct().count();
    }

    private Map<NodeId, Integer> served() {
        Map<NodeId, Integer> served = new TreeMap<>();
        stage.routing(each -> each.changesAfter(0).vShards()).stream()
                .map(VShardRecord::leaseholder)
                .forEach(node -> served.merge(node, 1, Integer::sum));
        return served;
    }

    /// Lets a task, the data plane and the other tasks work in turn until nothing is proposed.
    private void settle(LeaderTask task) {
        for (int round = 0; round < 200; round++) {
            stage.beatAndReport();
            stage.proposed.clear();
            List.of(task, trimmer, auditor).forEach(stage::run);
            boolean rests =
                    stage.unfinished().isEmpty()
                            && stage.proposed.stream().allMatch(SetNodeState.class::isInstance);
            stage.finishMigrations();
            if (rests) {
                return;
            }
        }
        throw new AssertionError("it goes on and on: " + stage.migrations(100));
    }
}
