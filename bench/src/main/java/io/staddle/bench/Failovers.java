package io.staddle.bench;

import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Move;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.Consistency;
import io.staddle.client.ServerDescription;
import io.staddle.client.StaddleClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Failover and fail-back of all grains of a cluster.
final class Failovers {
    private static final Optional<ClusterId> SUCCESSOR = Optional.of(Grains.CLUSTERS[1]);
    private static final int LOOKED_UP_AT_ONCE = 10_000;

    private final Bench bench;
    private final StaddleClient client;
    private int moves;

    Failovers(Bench bench) {
        this.bench = bench;
        this.client = bench.client();
    }

    void measure() {
        ClusterId small = new ClusterId("small");
        bench.register(small.value());
        new Bulk(bench).importTo(small, 1_000);
        measure(small, 1_000, i -> Bulk.grainOf(small, i));
        measure(Grains.CLUSTERS[0], bench.grains().count(), bench.grains()::id);
        bench.grains().movedAll(2 * (bench.options().segments() + 1));
    }

    private void measure(ClusterId cluster, int grains, IntFunction<GrainId> names) {
        List<Double> millis = new ArrayList<>();
        List<Double> backMillis = new ArrayList<>();
        long entries = 0;
        for (int i = 0; i <= bench.options().segments(); i++) {
            long before = committed();
            double there = failOver(cluster, grains);
            long used = committed() - before;
            if (i == bench.options().segments()) {
                lookUpAll(grains, names);
            }
            double back = failBack(cluster);
            if (i > 0) { // the first one warms up
                entries = Math.max(entries, used);
                millis.add(there);
                backMillis.add(back);
            }
        }
        bench.say(
                "failover of %,d grains: %s, at most %d entries; fail-back: %s"
                        .formatted(
                                grains,
                                Stats.range(millis, "ms"),
                                entries,
                                Stats.range(backMillis, "ms")));
    }

    private double failOver(ClusterId cluster, int grains) {
        ClusterRecord record = record(cluster);
        var successor = new Successor.Named(SUCCESSOR.orElseThrow());
        long start = System.nanoTime();
        Move move =
                client.clusters()
                        .forceFailOver(next(), cluster, record.fence(), successor)
                        .orThrow();
        double millis = (System.nanoTime() - start) / 1e6;
        long moved = move.grainsMoved();
        if (moved < grains) {
            throw new IllegalStateException("moved " + moved + " of " + grains + " grains");
        }
        return millis;
    }

    /// Looks each grain up for the first time since the failover was answered.
    private void lookUpAll(int grains, IntFunction<GrainId> names) {
        long wrong = 0;
        for (int from = 0; from < grains; from += LOOKED_UP_AT_ONCE) {
            int end = Math.min(grains, from + LOOKED_UP_AT_ONCE);
            List<GrainId> some = IntStream.range(from, end).mapToObj(names).toList();
            wrong +=
                    client.grains().lookupAll(some, Consistency.LINEARIZABLE).stream()
                            .filter(found -> !found.value().owner().equals(SUCCESSOR))
                            .count();
        }
        bench.say(
                "first lookups after the answer: %,d, of which %,d wrong".formatted(grains, wrong));
    }

    private double failBack(ClusterId cluster) {
        readmit(record(cluster));
        long start = System.nanoTime();
        client.clusters().failBack(next(), cluster).orThrow();
        return (System.nanoTime() - start) / 1e6;
    }

    private void readmit(ClusterRecord failed) {
        client.clusters().beat(failed.id(), 0, failed.fence(), OptionalLong.empty());
        client.clusters()
                .readmit(failed.id(), failed.fencing().openFailover().orElseThrow())
                .orThrow();
    }

    private MoveId next() {
        return new MoveId("bench-" + System.nanoTime() + "-" + moves++);
    }

    private ClusterRecord record(ClusterId cluster) {
        return client.clusters().list().stream()
                .map(ClusterSummary::cluster)
                .filter(each -> each.id().equals(cluster))
                .findFirst()
                .orElseThrow();
    }

    private long committed() {
        int leader = bench.servers().leader(client);
        ServerDescription description =
                client.servers().describe(client.servers().endpoints().get(leader - 1));
        return description.log().commitIndex();
    }
}
