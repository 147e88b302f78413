package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.PlanWish;
import io.staddle.statemachine.balance.BalancePlans;
import io.staddle.statemachine.balance.Trims;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.migration.NextStep;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Random clusters of nodes, whose plans are applied step by step until there is nothing left to
/// plan: then everything is even, nobody who leaves has anything, and on the way no group ever had
/// fewer voters than it needs. The machine checks all invariants after every entry.
///
/// To repeat one run: `-Dstaddle.seed=N`.
final class BalanceStepsTest {
    private static final int RUNS = 10;
    private static final int ALL_RUNS = 30;

    @Test
    void plansThatAreAppliedStepByStepEndEvenAndNeverGoBelowTheReplicationFactor() {
        Optional<Long> one = Optional.ofNullable(Long.getLong("staddle.seed"));
        one.map(List::of)
                .orElseGet(() -> Seeds.from(1_000, RUNS, ALL_RUNS))
                .forEach(each -> new Steps(each).run());
    }

    /// One cluster.
    private static final class Steps {
        private final Random random;
        private final long seed;
        private final Directory directory = Directory.onHeap();
        private final List<String> moved = new ArrayList<>();
        private int tolerance;

        Steps(long seed) {
            this.seed = seed;
            random = new Random(seed);
        }

        private void run() {
            int nodes = 1 + random.nextInt(6);
            int replicas = 1 + random.nextInt(Math.min(3, nodes));
            int groups = 1 + random.nextInt(6);
            int vShards = groups + random.nextInt(24);
            List<NodeId> first = join(0, nodes);
            apply(
                    new RoutingCommand.InitRouting(
                            new RoutingLayout(vShards, groups, replicas, first)));
            tolerance = random.nextBoolean() ? 0 : 20;
            apply(
                    new AdminCommand.PutConfig(
                            Map.of(
                                    "migration.max-concurrent",
                                    "" + (1 + random.nextInt(12)),
                                    "migration.max-per-node",
                                    "" + (1 + random.nextInt(6)),
                                    "balance.tolerance-percent",
                                    "" + tolerance),
                            0));
            disturb();
            List<NodeId> more = join(nodes, random.nextInt(4));
            int spare = Math.min(nodes, nodes + more.size() - replicas);
            int leaving = random.nextInt(1 + spare);
            first.stream().limit(leaving).forEach(node -> state(node, NodeState.DRAINING));
            settle(4 * vShards + 8 * groups * (nodes + more.size()));
            assertEven(leaving);
        }

        private List<NodeId> join(int from, int count) {
            return IntStream.range(from, from + count)
                    .mapToObj(i -> new NodeId("n" + i))
                    .peek(node -> {
                        apply(new NodeCommand.RegisterNode(node, new NodeAddress("h", 1), 1));
                        state(node, NodeState.ACTIVE);
                    })
                    .toList();
        }

        private void state(NodeId node, NodeState state) {
            long version = look(view -> view.get(Schema.NODES, node).orElseThrow().version());
            apply(new NodeCommand.SetNodeState(node, state, version));
        }

        /// Operators have moved some vShards about.
        private void disturb() {
            for (VShardRecord vShard : look(view -> view.values(Schema.V_SHARDS))) {
                if (random.nextInt(3) == 0) {
                    GroupRecord group =
                            look(view -> view.get(Schema.GROUPS, vShard.group()).orElseThrow());
                    NodeId to = group.voters().get(random.nextInt(group.voters().size()));
                    apply(
                            new RoutingCommand.AssignVShard(
                                    vShard.id(), vShard.group(), to, vShard.epoch()));
                }
            }
        }

        private void settle(int movesMax) {
            trim();
            for (BalancePlan plan = plan(); !plan.shifts().isEmpty(); plan = plan()) {
                plan.shifts().forEach(each -> moved.add(each.toString()));
                assertThat(moved.size())
                        .as("-Dstaddle.seed=%s goes on and on: %s", seed, moved)
                        .isLessThan(movesMax);
                apply(BalanceScript.apply(plan));
                finish();
                trim();
            }
            assertThat(plan().shifts()).as("-Dstaddle.seed=%s", seed).isEmpty();
        }

        private BalancePlan plan() {
            return look(view ->
                    BalancePlans.plan(
                            new PlanWish.Even(),
                            view,
                            new Tick(Revision.NONE, directory.clockMillis())));
        }

        /// Data plane and leader take the migrations further, in no particular order.
        private void finish() {
            for (List<MigrationRecord> going = going(); !going.isEmpty(); going = going()) {
                List<MigrationRecord> some = new ArrayList<>(going);
                Collections.shuffle(some, random);
                some.forEach(this::step);
                if (random.nextInt(3) == 0) {
                    trim();
                }
            }
        }

        private void step(MigrationRecord migration) {
            report();
            if (migration.phase() == MigrationPhase.CUTOVER) {
                apply(
                        new MigrationCommand.ConfirmFence(
                                migration.id(), migration.header().target()));
            } else {
                apply(
                        new MigrationCommand.ReportProgress(
                                migration.id(),
                                migration.stage().phaseVersion(),
                                migration.header().targetIncarnation(),
                                9,
                                9,
                                1));
            }
            look(view -> Migrations.find(migration.id(), view))
                    .flatMap(NextStep::of)
                    .ifPresent(this::apply);
        }

        private List<MigrationRecord> going() {
            return look(Migrations::unfinished);
        }

        /// Members say what they have not said yet. Time stands still, so nobody needs to beat.
        private void report() {
            for (GroupRecord group : look(view -> view.values(Schema.GROUPS))) {
                group.removals()
                        .forEach(each ->
                                apply(
                                        new RoutingCommand.ConfirmRemoval(
                                                group.id(),
                                                each.node(),
                                                each.configVersion(),
                                                each.node())));
                Stream.concat(group.voters().stream(), group.learners().stream())
                        .filter(node -> group.observedBy(node, 1) < group.configVersion())
                        .forEach(node ->
                                apply(
                                        new RoutingCommand.ReportGroup(
                                                group.id(),
                                                node,
                                                1,
                                                group.configVersion(),
                                                Optional.empty(),
                                                0)));
            }
        }

        private void trim() {
            List<RoutingCommand.ChangeGroup> due;
            do {
                report();
                due = look(view -> new Trims(view, directory.clockMillis()).voters());
                due.forEach(this::apply);
            } while (!due.isEmpty());
        }

        private void apply(Command command) {
            Outcome outcome = directory.apply(command, command.isOfLeader() ? 1 : 0);
            assertThat(outcome)
                    .as("-Dstaddle.seed=%s: %s", seed, command)
                    .isInstanceOf(Outcome.Done.class);
            for (GroupRecord group : look(view -> view.values(Schema.GROUPS))) {
                assertThat(group.voters().size())
                        .as("-Dstaddle.seed=%s: %s after %s", seed, group, command)
                        .isGreaterThanOrEqualTo(group.replicationFactor());
            }
        }

        private void assertEven(int leaving) {
            Map<NodeId, Integer> replicas = new TreeMap<>();
            Map<NodeId, Integer> served = new TreeMap<>();
            for (NodeRecord node : look(view -> view.values(Schema.NODES))) {
                replicas.put(node.id(), 0);
                served.put(node.id(), 0);
            }
            List<GroupRecord> groups = look(view -> view.values(Schema.GROUPS));
            List<VShardRecord> vShards = look(view -> view.values(Schema.V_SHARDS));
            groups.forEach(group -> {
                assertThat(group.voters()).hasSize(group.replicationFactor());
                group.voters().forEach(node -> replicas.merge(node, 1, Integer::sum));
            });
            vShards.forEach(vShard -> served.merge(vShard.leaseholder(), 1, Integer::sum));
            for (int i = 0; i < leaving; i++) {
                NodeId gone = new NodeId("n" + i);
                assertThat(replicas.remove(gone))
                        .as("-Dstaddle.seed=%s: %s in %s, %s", seed, gone, groups, plan().held())
                        .isZero();
                assertThat(served.remove(gone)).as("seed %s: %s", seed, gone).isZero();
            }
            assertThat(difference(replicas, r -> r))
                    .as("-Dstaddle.seed=%s replicas %s", seed, replicas)
                    .isLessThanOrEqualTo(tolerated(replicas));
            assertNoRelief(groups, vShards, served);
        }

        /// No vShard can go to who votes in its group and serves less by two or more, unless all is
        /// even within the tolerance.
        private void assertNoRelief(
                List<GroupRecord> groups, List<VShardRecord> vShards, Map<NodeId, Integer> served) {
            if (difference(served, s -> s) <= tolerated(served)) {
                return;
            }
            for (GroupRecord group : groups) {
                vShards.stream()
                        .filter(vShard -> vShard.group().equals(group.id()))
                        .forEach(vShard -> assertNoRelief(vShard, group, served));
            }
        }

        private void assertNoRelief(
                VShardRecord vShard, GroupRecord group, Map<NodeId, Integer> served) {
            int giver = served.getOrDefault(vShard.leaseholder(), 0);
            for (NodeId voter : group.voters()) {
                assertThat(giver - served.getOrDefault(voter, 0))
                        .as("-Dstaddle.seed=%s %s to %s: %s", seed, vShard, voter, served)
                        .isLessThan(2);
            }
        }

        private int tolerated(Map<NodeId, Integer> counts) {
            int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
            return Math.max(1, sum * tolerance / (100 * counts.size()));
        }

        private static int difference(Map<NodeId, Integer> counts, ToIntFunction<Integer> of) {
            return counts.values().stream().mapToInt(of).max().orElse(0)
                    - counts.values().stream().mapToInt(of).min().orElse(0);
        }

        private <T> T look(Function<View, T> question) {
            try (View view = directory.store().view()) {
                return question.apply(view);
            }
        }
    }
}
