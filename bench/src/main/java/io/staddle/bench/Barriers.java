package io.staddle.bench;

import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.Vote;
import io.staddle.client.StaddleClient;
import io.staddle.client.barrier.BarrierCoordinator;
import io.staddle.client.barrier.BarrierHandler;
import io.staddle.client.barrier.BarrierOutcome;
import io.staddle.client.barrier.BarrierParticipant;
import io.staddle.client.barrier.Coordination;
import io.staddle.client.barrier.Membership;
import io.staddle.client.barrier.ScopeNews;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How long barriers of a hundred participants take, which prepare at once: from the call that
/// begins one to the answer that it is committed, and until all participants were told.
final class Barriers {
    private static final int PARTICIPANTS = 100;
    private static final int CLIENTS = 4;
    private static final int EACH = 100;
    private static final int WARM_UP_OUTSTANDING = 64;
    private static final long BETWEEN_MILLIS = 10;
    private static final ScopeId SCOPE = new ScopeId("bench");

    private final Bench bench;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private volatile CountDownLatch told = new CountDownLatch(0);

    /// Nanoseconds since the beginning, of each step of one barrier.
    private record Lap(long begun, long reached, long committed, long told) {}

    Barriers(Bench bench) {
        this.bench = bench;
    }

    void measure() {
        List<NodeId> nodes =
                IntStream.range(0, PARTICIPANTS).mapToObj(i -> new NodeId("p" + i)).toList();
        Coordination self =
                new Coordination(SCOPE, new NodeId("master"), 1, Duration.ofSeconds(10));
        try (BarrierCoordinator coordinator = BarrierCoordinator.acquire(bench.client(), self)) {
            start(nodes);
            Map<NodeId, Long> lives =
                    nodes.stream().collect(Collectors.toMap(node -> node, _ -> 1L));
            report("%d barriers of %d participants".formatted(EACH, PARTICIPANTS));
            warmUp(coordinator, lives);
            for (int segment = 1; segment <= bench.options().segments(); segment++) {
                measure("segment-" + segment, coordinator, lives);
            }
        } finally {
            opened.reversed().forEach(Barriers::close);
        }
    }

    private void start(List<NodeId> nodes) {
        for (int i = 0; i < CLIENTS; i++) {
            StaddleClient client =
                    StaddleClient.builder().endpoints(bench.servers().endpoints()).build();
            opened.add(client);
            ScopeNews news = ScopeNews.of(client, SCOPE);
            for (int n = i; n < nodes.size(); n += CLIENTS) {
                Membership member = new Membership(SCOPE, nodes.get(n), 1, 0);
                opened.add(BarrierParticipant.start(news, member, new Prompt()));
            }
        }
    }

    /// Barriers alone would take the servers many minutes to get warm: a barrier is eight entries.
    /// A deployment that has worked for a day has compiled what writes an entry.
    private void warmUp(BarrierCoordinator coordinator, Map<NodeId, Long> lives) {
        Load load = Load.start(bench.operations()::promote, WARM_UP_OUTSTANDING);
        Deployment.sleepMillis((long) (bench.options().warmUpSeconds() * 1_000));
        load.stop();
        long end = System.nanoTime() + (long) (bench.options().warmUpSeconds() * 1e9);
        for (int part = 1; System.nanoTime() < end; part++) {
            measure("warm-up-" + part, coordinator, lives);
        }
    }

    private void measure(String name, BarrierCoordinator coordinator, Map<NodeId, Long> lives) {
        int leader = bench.servers().leader(bench.client());
        long index = entries();
        Used before = Used.now(bench.servers(), leader);
        List<Lap> laps = laps(EACH, coordinator, name, lives);
        Used used = Used.now(bench.servers(), leader).since(before);
        report(laps, used, entries() - index);
    }

    private long entries() {
        return bench.servers().highest(bench.client(), each -> each.log().appliedIndex());
    }

    private List<Lap> laps(
            int count, BarrierCoordinator coordinator, String name, Map<NodeId, Long> lives) {
        return IntStream.range(0, count)
                .mapToObj(i -> lap(coordinator, name + "-" + i, lives))
                .toList();
    }

    private Lap lap(BarrierCoordinator coordinator, String checkpoint, Map<NodeId, Long> lives) {
        Deployment.sleepMillis(BETWEEN_MILLIS);
        told = new CountDownLatch(PARTICIPANTS);
        long start = System.nanoTime();
        BarrierRecord barrier =
                coordinator.begin(new CheckpointId(checkpoint), lives, Duration.ZERO);
        long begun = System.nanoTime();
        BarrierOutcome outcome = coordinator.await(barrier.id());
        if (!(outcome instanceof BarrierOutcome.Reached)) {
            throw new IllegalStateException("all were to prepare, but: " + outcome);
        }
        long reached = System.nanoTime();
        coordinator.commit(barrier.id());
        long committed = System.nanoTime();
        awaitTold();
        return new Lap(
                begun - start, reached - start, committed - start, System.nanoTime() - start);
    }

    private void awaitTold() {
        try {
            told.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(String what) {
        bench.say("");
        bench.say(what + ", milliseconds since the call that begins one, p50 (p99)");
        bench.say(
                "CPU milliseconds of one: of all, the leader, the client; entries of the log of"
                        + " one");
        bench.say(
                "| begun | all prepared | committed | all told | CPU | leader | client | entries"
                        + " | other cores |");
        bench.say("|---|---|---|---|---|---|---|---|---|");
    }

    private void report(List<Lap> laps, Used used, long entries) {
        bench.say(
                "| %s | %s | %s | %s | %.1f | %.1f | %.1f | %.1f | %.2f |"
                        .formatted(
                                millis(laps.stream().mapToLong(Lap::begun).toArray()),
                                millis(laps.stream().mapToLong(Lap::reached).toArray()),
                                millis(laps.stream().mapToLong(Lap::committed).toArray()),
                                millis(laps.stream().mapToLong(Lap::told).toArray()),
                                used.ours() / 1e3 / laps.size(),
                                used.leader() / 1e3 / laps.size(),
                                used.client() / 1e3 / laps.size(),
                                (double) entries / laps.size(),
                                used.otherCores()));
    }

    private static String millis(long[] nanos) {
        Arrays.sort(nanos);
        return "%.1f (%.1f)"
                .formatted(nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Is prepared at once.
    private final class Prompt implements BarrierHandler {
        @Override
        public Vote prepare(BarrierRecord barrier) {
            return new Vote.Prepared(OptionalLong.of(barrier.id().epoch()));
        }

        @Override
        public void committed(BarrierRecord barrier) {
            told.countDown();
        }

        @Override
        public void aborted(BarrierRecord barrier) {}
    }
}
