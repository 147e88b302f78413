package io.staddle.bench;

import io.staddle.api.answer.Outcome;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.NodeAddress;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.RoutingLayout;
import io.staddle.server.liveness.Liveness;
import io.staddle.server.task.Decommissioner;
import io.staddle.server.task.GhostSweeper;
import io.staddle.server.task.LeaderTask;
import io.staddle.server.task.MigrationDriver;
import io.staddle.server.task.OrphanAuditor;
import io.staddle.server.task.Rebalancer;
import io.staddle.server.task.ReplicaTrimmer;
import io.staddle.server.task.Vigil;
import io.staddle.statemachine.machine.Entry;
import io.staddle.statemachine.machine.Machine;
import io.staddle.statemachine.migration.Recovery;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.HeapStore;
import io.staddle.storage.LogPosition;
import io.staddle.storage.View;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Measures what migrations that wait cost their leader: CPU time of a run of the driver, and of
/// the decisions of a new leader, with 1,000 in flight unless another number is given.
public final class MigrationCost {
    private static final long NOW = 1_000_000;
    private static final int ROUNDS = 300;

    private final HeapStore store = HeapStore.create(Schema.TABLES);
    private final Machine machine = new Machine(store);
    private final int migrations;

    private MigrationCost(int migrations) {
        this.migrations = migrations;
    }

    /// Runs it; argument: how many migrations are in flight.
    public static void main(String[] args) {
        new MigrationCost(args.length == 0 ? 1_000 : Integer.parseInt(args[0])).run();
    }

    private void run() {
        begin();
        try (View view = store.view()) {
            MigrationDriver driver = new MigrationDriver(() -> Instant.ofEpochMilli(NOW), () -> 1);
            double run =
                    micros(() ->
                            driver.run(
                                    view,
                                    _ -> {
                                        throw new IllegalStateException("nothing can be done");
                                    }));
            double decisions =
                    micros(() -> {
                        int made = new Recovery(view, NOW, NOW - 100_000).decisions().size();
                        if (made != migrations) {
                            throw new IllegalStateException("decisions: " + made);
                        }
                    });
            System.out.printf("%d migrations in flight%n", migrations);
            System.out.printf(
                    "a run of the driver           %8.0f us, %.2f %% of a core%n",
                    run, run / driver.period().toMillis() / 10);
            System.out.printf("the decisions of a new leader %8.0f us%n", decisions);
            tasks(view);
        }
    }

    /// The other tasks, all switched on: what they do when there is nothing left that may begin.
    private static void tasks(View view) {
        Vigil vigil =
                new Vigil(
                        new Liveness(System::nanoTime, InstantSource.system()),
                        () -> Instant.ofEpochMilli(NOW),
                        () -> 1);
        for (LeaderTask task :
                List.of(
                        new GhostSweeper(vigil),
                        new ReplicaTrimmer(vigil),
                        new OrphanAuditor(vigil),
                        new Decommissioner(vigil),
                        new Rebalancer(vigil))) {
            double run =
                    micros(() ->
                            task.run(
                                    view,
                                    command -> {
                                        throw new IllegalStateException("in vain: " + command);
                                    }));
            System.out.printf(
                    "a run of %-20s %8.0f us, %.3f %% of a core%n",
                    task.name(), run, run / task.period().toMillis() / 10);
        }
    }

    /// All of them wait in CATCH_UP, behind in different ways.
    private void begin() {
        List<NodeId> nodes =
                IntStream.rangeClosed(0, migrations).mapToObj(i -> new NodeId("n" + i)).toList();
        apply(
                new AdminCommand.PutConfig(
                        Map.of(
                                "migration.max-concurrent",
                                "" + migrations,
                                "migration.max-per-node",
                                "1000",
                                "balance.auto",
                                "1"),
                        0));
        for (NodeId node : nodes) {
            apply(new NodeCommand.RegisterNode(node, new NodeAddress("host", 1), 1));
            apply(new NodeCommand.SetNodeState(node, NodeState.ACTIVE, 1));
        }
        List<NodeId> holders = nodes.subList(0, migrations);
        apply(
                new RoutingCommand.InitRouting(
                        new RoutingLayout(migrations, migrations, 1, holders)));
        for (int i = 0; i < migrations; i++) {
            MigrationId id = new MigrationId("m" + i);
            NodeId target = nodes.get(i + 1);
            apply(
                    new MigrationCommand.StartMigration(
                            id, new VShardId(i), target, 1, 500_000, false, new Epoch(1)));
            apply(
                    new RoutingCommand.ReportGroup(
                            new GroupId(i + 1), target, 1, 2, Optional.empty(), 0));
        }
        advance();
        for (int i = 0; i < migrations; i++) {
            apply(
                    new MigrationCommand.ReportProgress(
                            new MigrationId("m" + i), 2, 1, 1_000, i % 900, 50));
        }
    }

    private void advance() {
        try (View view = store.view()) {
            new MigrationDriver(() -> Instant.ofEpochMilli(NOW), () -> 1)
                    .run(
                            view,
                            command -> {
                                synchronized (this) {
                                    return apply(command);
                                }
                            });
        }
    }

    private Outcome apply(Command command) {
        long index = store.applied().index() + 1;
        Proposal proposal = Proposal.of(command).inTerm(command.isOfLeader() ? 1 : 0);
        Outcome outcome =
                machine.apply(new LogPosition(1, index), new Entry(NOW, List.of(proposal)))
                        .getFirst();
        if (outcome instanceof Outcome.Refused(_, var why)) {
            throw new IllegalStateException(command + ": " + why);
        }
        return outcome;
    }

    /// Returns the CPU time of a round in microseconds, after as many that do not count.
    private static double micros(Runnable work) {
        IntStream.range(0, ROUNDS).forEach(_ -> work.run());
        Spent start = Spent.untilNow();
        IntStream.range(0, ROUNDS).forEach(_ -> work.run());
        return Spent.since(start).threadMicros(ROUNDS);
    }
}
