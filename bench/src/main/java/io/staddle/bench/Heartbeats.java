package io.staddle.bench;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// Many clusters that beat: what they cost the leader, and that nothing of it is logged.
final class Heartbeats {
    private static final int CLUSTERS = 10_000;
    private static final List<Way> WAYS =
            List.of(new Way(1_000, false), new Way(100, false), new Way(100, true));
    private static final int REGISTERED_AT_A_TIME = 64;
    private static final int INTERVAL_MILLIS = 2_000;
    private static final int ROUND_MILLIS = 10;

    private final Bench bench;
    private final Deployment servers;
    private int leader;
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private int next;

    /// How the beats come in.
    ///
    /// @param straight to the leader; else to the others, as agents do, which pass them on
    private record Way(int connections, boolean straight) {
        @Override
        public String toString() {
            return "%,d connections to %s"
                    .formatted(connections, straight ? "the leader" : "the followers");
        }
    }

    Heartbeats(Bench bench) {
        this.bench = bench;
        servers = bench.servers();
    }

    void measure() {
        registerAll();
        leader = servers.leader(bench.client());
        for (Way way : WAYS) {
            List<ManagedChannel> channels = channels(way);
            List<StreamObserver<BeatRequest>> streams =
                    channels.stream()
                            .map(each -> ClustersGrpc.newStub(each).keepBeating(new Counting()))
                            .toList();
            measure(way, streams);
            streams.forEach(StreamObserver::onCompleted);
            channels.forEach(ManagedChannel::shutdown);
        }
    }

    private void measure(Way way, List<StreamObserver<BeatRequest>> streams) {
        for (int tenths = 1; tenths <= 10; tenths++) {
            beat(streams, tenths, (long) (bench.options().warmUpSeconds() * 100));
        }
        double[] idle = cores(() -> Deployment.sleepMillis(10_000));
        beat(streams, 10, 2 * INTERVAL_MILLIS);
        bench.suspectAfter("15000");
        for (int i = 0; i < bench.options().segments(); i++) {
            segment(way, streams, idle);
        }
        bench.suspectAfter(Bench.WEEK);
    }

    private void registerAll() {
        try (var threads = Executors.newFixedThreadPool(REGISTERED_AT_A_TIME)) {
            IntStream.range(0, CLUSTERS)
                    .forEach(i -> threads.execute(() -> bench.register(name(i))));
        }
    }

    private void segment(Way way, List<StreamObserver<BeatRequest>> streams, double[] idle) {
        long before = index();
        answered.reset();
        failed.reset();
        double[] busy = cores(() -> beat(streams, 10, 10_000));
        String load =
                "%,d clusters beat every %d ms on %s".formatted(CLUSTERS, INTERVAL_MILLIS, way);
        String answers = "%,d answered, %d failed in 10 s".formatted(answered.sum(), failed.sum());
        String cost =
                "leader %.3f core (%.3f with nobody beating), others %.3f, %.3f; %d entries"
                        .formatted(busy[0], idle[0], busy[1], busy[2], index() - before);
        bench.say(load + ": " + answers + "; " + cost);
    }

    /// Sends the beats that are due, evenly; less than all while the servers warm up.
    private void beat(List<StreamObserver<BeatRequest>> streams, int tenths, long millis) {
        long perRound = CLUSTERS * (long) ROUND_MILLIS / INTERVAL_MILLIS * tenths / 10;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long due = System.nanoTime(); due - end < 0; ) {
            for (int i = 0; i < perRound; i++) {
                send(streams.get(next % streams.size()), name(next));
                next = (next + 1) % CLUSTERS;
            }
            due += TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);
            long left = due - System.nanoTime();
            if (left > 0) {
                Deployment.sleepMillis(TimeUnit.NANOSECONDS.toMillis(left));
            }
        }
    }

    private static void send(StreamObserver<BeatRequest> stream, String cluster) {
        stream.onNext(
                BeatRequest.newBuilder()
                        .setCluster(cluster)
                        .setIncarnation(1)
                        .setAckedFence(1)
                        .build());
    }

    private double[] cores(Runnable work) {
        long[] cpu = cpuMicros();
        long start = System.nanoTime();
        work.run();
        long nanos = System.nanoTime() - start;
        long[] after = cpuMicros();
        return IntStream.range(0, cpu.length)
                .mapToDouble(i -> (after[i] - cpu[i]) * 1e3 / nanos)
                .toArray();
    }

    /// Returns what the servers have used, the leader first.
    private long[] cpuMicros() {
        return IntStream.concat(IntStream.of(leader), followers())
                .mapToLong(n -> Proc.cpuMicros(servers.pid(n)))
                .toArray();
    }

    private IntStream followers() {
        return IntStream.rangeClosed(1, servers.pids().size()).filter(n -> n != leader);
    }

    private List<ManagedChannel> channels(Way way) {
        int[] to = way.straight() ? new int[] {leader} : followers().toArray();
        String[] endpoints = servers.endpoints().split(",", -1);
        List<ManagedChannel> channels = new ArrayList<>();
        for (int i = 0; i < way.connections(); i++) {
            String endpoint = endpoints[to[i % to.length] - 1];
            channels.add(
                    Grpc.newChannelBuilder(endpoint, InsecureChannelCredentials.create())
                            .directExecutor()
                            .build());
        }
        return channels;
    }

    private long index() {
        return servers.highest(bench.client(), description -> description.log().appliedIndex());
    }

    private static String name(int i) {
        return "beating-" + i;
    }

    private final class Counting implements StreamObserver<BeatAnswer> {
        @Override
        public void onNext(BeatAnswer answer) {
            answered.increment();
        }

        @Override
        public void onError(Throwable failure) {
            if (failed.sum() == 0) {
                bench.say("a beat failed: " + failure);
            }
            failed.increment();
        }

        @Override
        public void onCompleted() {}
    }
}
