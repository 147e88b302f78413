package io.staddle.server.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.Command;
import io.staddle.api.command.MigrationCommand.ConfirmFence;
import io.staddle.api.command.MigrationCommand.ReportProgress;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.command.NodeCommand.RecordNodeBeats;
import io.staddle.api.command.NodeCommand.RegisterNode;
import io.staddle.api.command.NodeCommand.SetNodeState;
import io.staddle.api.command.RoutingCommand.ConfirmRemoval;
import io.staddle.api.command.RoutingCommand.InitRouting;
import io.staddle.api.command.RoutingCommand.ReportGroup;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.Removal;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.server.front.CommandFront;
import io.staddle.server.front.DiskReserve;
import io.staddle.server.liveness.Liveness;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;
import io.staddle.statemachine.query.MigrationQueries;
import io.staddle.statemachine.query.RoutingQueries;
import io.staddle.storage.View;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Nodes and vShards on a real state, a data plane that reports what it is asked to, and a leader
/// whose tasks run when a test says so.
final class RoutingStage {
    final FakeQuorum quorum = new FakeQuorum().applying();
    final Liveness liveness = new Liveness(() -> 0, InstantSource.system());
    final List<Command> proposed = Collections.synchronizedList(new ArrayList<>());
    final Vigil vigil;
    long term = 1;
    private final CommandFront front =
            new CommandFront(quorum, Configs.smallLimits(), DiskReserve.none(), Runnable::run);
    private long nowMillis;

    RoutingStage() {
        vigil = new Vigil(liveness, this::now, () -> term);
        passes(1_000_000);
    }

    private Instant now() {
        return Instant.ofEpochMilli(nowMillis);
    }

    long nowMillis() {
        return nowMillis;
    }

    void passes(long millis) {
        nowMillis += millis;
        quorum.stampedAt(nowMillis);
    }

    void join(String... nodes) {
        for (String node : nodes) {
            propose(new RegisterNode(new NodeId(node), new NodeAddress("host", 1), 1));
            state(node, NodeState.ACTIVE);
        }
    }

    void state(String node, NodeState state) {
        propose(new SetNodeState(new NodeId(node), state, node(node).version()));
    }

    void routing(int vShards, int groups, int replicas, String... nodes) {
        propose(
                new InitRouting(
                        new RoutingLayout(
                                vShards,
                                groups,
                                replicas,
                                Stream.of(nodes).map(NodeId::new).toList())));
    }

    void start(String id, int vShard, String target) {
        propose(
                new StartMigration(
                        new MigrationId(id),
                        new VShardId(vShard),
                        new NodeId(target),
                        node(target).incarnation(),
                        500_000,
                        false,
                        vShard(vShard).epoch()));
    }

    /// All nodes beat, and all their groups are as they should be.
    void beatAndReport() {
        List<NodeRecord> nodes = routing(RoutingQueries::nodes);
        if (!nodes.isEmpty()) {
            propose(
                    new RecordNodeBeats(
                            nodes.stream()
                                    .map(node ->
                                            new NodeBeat(node.id(), node.incarnation(), nowMillis))
                                    .toList()));
        }
        for (GroupRecord group : routing(each -> each.changesAfter(0).groups())) {
            group.removals().forEach(each -> left(group, each));
            Stream.concat(group.voters().stream(), group.learners().stream())
                    .forEach(node -> report(group, node));
        }
    }

    void left(GroupRecord group, Removal removal) {
        propose(
                new ConfirmRemoval(
                        group.id(), removal.node(), removal.configVersion(), removal.node()));
    }

    void report(GroupRecord group, NodeId node) {
        propose(
                new ReportGroup(
                        group.id(),
                        node,
                        node(node.value()).incarnation(),
                        group.configVersion(),
                        Optional.empty(),
                        0));
    }

    /// Lets leader and data plane work until no migration goes on.
    void finishMigrations() {
        MigrationDriver driver = new MigrationDriver(this::now, () -> term);
        for (int round = 0; round < 20 && !unfinished().isEmpty(); round++) {
            beatAndReport();
            unfinished().forEach(this::agent);
            run(driver);
            passes(10);
        }
        assertThat(unfinished()).isEmpty();
        beatAndReport();
        proposed.clear();
    }

    List<MigrationRecord> unfinished() {
        return migrations(0).stream().filter(each -> !each.phase().isFinished()).toList();
    }

    List<MigrationRecord> migrations(int finishedMax) {
        try (View view = quorum.view()) {
            return new MigrationQueries(view).migrations(finishedMax);
        }
    }

    private void agent(MigrationRecord migration) {
        if (migration.phase() == MigrationPhase.CUTOVER) {
            propose(new ConfirmFence(migration.id(), migration.header().target()));
            return;
        }
        propose(
                new ReportProgress(
                        migration.id(),
                        migration.stage().phaseVersion(),
                        migration.header().targetIncarnation(),
                        100,
                        100,
                        50));
    }

    void run(LeaderTask task) {
        try (View view = quorum.view()) {
            task.run(
                    view,
                    command -> {
                        proposed.add(command);
                        return new FrontProposer(front, task.name(), 1).propose(command);
                    });
        }
    }

    void propose(Command command) {
        assertThat(new FrontProposer(front, "test", 1).propose(command))
                .as("%s", command)
                .isInstanceOf(Outcome.Done.class);
    }

    NodeRecord node(String node) {
        return routing(each -> each.node(new NodeId(node))).orElseThrow();
    }

    GroupRecord group(int group) {
        return routing(each -> each.group(new GroupId(group))).orElseThrow();
    }

    List<GroupRecord> groups() {
        return routing(each -> each.changesAfter(0).groups());
    }

    VShardRecord vShard(int vShard) {
        return routing(each -> each.vShard(new VShardId(vShard))).orElseThrow();
    }

    <T> T routing(Function<RoutingQueries, T> question) {
        try (View view = quorum.view()) {
            return question.apply(new RoutingQueries(view));
        }
    }
}
