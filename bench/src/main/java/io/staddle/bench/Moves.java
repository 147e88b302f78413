package io.staddle.bench;

import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.NodeState;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.client.StaddleClient;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Moves a vShard from node to node while it is written to a thousand times a second, and accounts
/// for every write.
///
/// The data nodes are [DataNodes] of this process; the servers of Staddle are processes.
final class Moves {
    private static final VShardId V_SHARD = new VShardId(0);
    private static final long BUDGET_MICROS = 500_000;
    private static final int REPLICAS = 3;
    private static final int EACH = 30;
    private static final long BETWEEN_MILLIS = 150;
    private static final long ON_TIME_MICROS = 100_000;
    private static final int ON_TIME_SECONDS_MAX = 60;

    private final Bench bench;
    private final StaddleClient client;
    private final List<Double> pauses = new ArrayList<>();
    private final List<Double> waits = new ArrayList<>();
    private final List<Double> takes = new ArrayList<>();
    private int aborted;

    Moves(Bench bench) {
        this.bench = bench;
        client = bench.client();
    }

    void measure() {
        try (DataNodes nodes = DataNodes.start(bench.options(), client)) {
            activate();
            client.routing().init(new RoutingLayout(1, 1, REPLICAS, DataNodes.NAMES.subList(0, 3)));
            nodes.host();
            try (SteadyWriters writers = new SteadyWriters(nodes, client)) {
                awaitThatWritesAreOnTime(writers);
                long end = System.nanoTime() + (long) (bench.options().warmUpSeconds() * 1e9);
                int moved = 0;
                while (System.nanoTime() < end) {
                    move(moved++, writers, false);
                }
                awaitThatWritesAreOnTime(writers);
                for (int i = 0; i < EACH; i++) {
                    move(moved++, writers, true);
                }
                writers.stop();
                report(writers);
            }
        }
    }

    /// Code that is not compiled yet is too slow for so many, and what has piled up takes a while.
    private static void awaitThatWritesAreOnTime(SteadyWriters writers) {
        for (int i = 0; i < ON_TIME_SECONDS_MAX; i++) {
            writers.longestWaitMicros();
            Deployment.sleepMillis(1_000);
            if (writers.longestWaitMicros() < ON_TIME_MICROS) {
                return;
            }
        }
    }

    private void activate() {
        List<NodeRecord> known = client.routing().nodes();
        while (known.size() < DataNodes.NAMES.size()) {
            Deployment.sleepMillis(20);
            known = client.routing().nodes();
        }
        known.forEach(node ->
                client.routing()
                        .setNodeState(node.id(), NodeState.ACTIVE, node.version())
                        .orThrow());
    }

    private void move(int number, SteadyWriters writers, boolean counts) {
        awaitThatAllHaveLeft();
        Deployment.sleepMillis(BETWEEN_MILLIS);
        VShardRecord vShard = client.routing().all().vShards().getFirst();
        int holder = DataNodes.NAMES.indexOf(vShard.leaseholder());
        NodeId target = DataNodes.NAMES.get((holder + 1) % DataNodes.NAMES.size());
        long incarnation =
                client.routing().nodes().stream()
                        .filter(node -> node.id().equals(target))
                        .findFirst()
                        .orElseThrow()
                        .incarnation();
        MigrationId id = new MigrationId("move-" + number);
        writers.longestWaitMicros();
        long began = System.nanoTime();
        client.migrations()
                .start(
                        new StartMigration(
                                id,
                                V_SHARD,
                                target,
                                incarnation,
                                BUDGET_MICROS,
                                false,
                                vShard.epoch()))
                .orThrow();
        MigrationRecord ended = awaitEnd(id);
        double took = (System.nanoTime() - began) / 1e6;
        // Whoever waited has been served by then.
        Deployment.sleepMillis(50);
        long waited = writers.longestWaitMicros();
        if (!counts) {
            return;
        }
        if (ended.phase() == MigrationPhase.ABORTED) {
            aborted++;
            return;
        }
        takes.add(took);
        pauses.add(ended.pauseMicros() / 1e3);
        waits.add(waited / 1e3);
    }

    /// Who is one too many after a move must have left the group before it may come back.
    private void awaitThatAllHaveLeft() {
        GroupRecord group = client.routing().all().groups().getFirst();
        while (group.voters().size() > REPLICAS || !group.removals().isEmpty()) {
            Deployment.sleepMillis(20);
            group = client.routing().all().groups().getFirst();
        }
    }

    private MigrationRecord awaitEnd(MigrationId id) {
        MigrationRecord seen = client.migrations().show(id).migration();
        while (!seen.phase().isFinished() || !seen.fenced()) {
            Deployment.sleepMillis(5);
            seen = client.migrations().show(id).migration();
        }
        return seen;
    }

    private void report(SteadyWriters writers) {
        bench.say(
                "%d moves of a vShard under %d writes a second, %d aborted:"
                        .formatted(EACH, SteadyWriters.A_SECOND, aborted));
        bench.say("  longest wait of a write  " + percentiles(waits));
        bench.say("  pause, by the log's time " + percentiles(pauses));
        bench.say("  the whole move           " + percentiles(takes));
        bench.say("  " + writers.account());
    }

    private static String percentiles(List<Double> millis) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.isEmpty()
                ? "none"
                : "p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                        .formatted(at(sorted, 0.5), at(sorted, 0.99), sorted.getLast());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }
}
