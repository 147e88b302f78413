package io.staddle.bench;

import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.query.EventFilter;
import io.staddle.client.StaddleClient;
import io.staddle.client.Watch;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/// What watchers are told, how soon, and what they cost.
final class Watches {
    private static final int PER_SECOND = 2_000;
    private static final int SECONDS = 5;
    private static final int FANOUT = 1_000;
    private static final int CHANGES = 30;
    private static final int IDLE = 10_000;

    private final Bench bench;
    private final Deployment servers;
    private int leader;

    Watches(Bench bench) {
        this.bench = bench;
        servers = bench.servers();
    }

    void measure() {
        leader = servers.leader(bench.client());
        for (int i = 0; i <= bench.options().segments(); i++) {
            delay(i, i == 0 ? "warm-up: " : "");
        }
        fanOut();
        idle();
    }

    /// Grants at a fixed rate, from each call to its answer, and to the event.
    private void delay(int round, String prefix) {
        GrainType type = new GrainType("watched-" + round);
        int calls = PER_SECOND * SECONDS;
        long[] sent = new long[calls];
        AtomicLongArray answered = new AtomicLongArray(calls);
        AtomicLongArray told = new AtomicLongArray(calls);
        WatchOptions options = WatchOptions.FROM_NOW.only(EventFilter.grains(type, ""));
        try (StaddleClient watching =
                        StaddleClient.builder().endpoints(servers.endpoints()).build();
                Watch watch = watching.events().watch(options, news -> note(news, told))) {
            Deployment.sleepMillis(500);
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                long due = start + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
                while (System.nanoTime() - due < 0) {
                    Thread.yield();
                }
                int call = i;
                sent[call] = System.nanoTime();
                var _ =
                        bench.client()
                                .carryOut(
                                        new Acquire(
                                                new GrainId(type, Integer.toString(call)),
                                                Grains.CLUSTERS[0],
                                                0))
                                .thenRun(() -> answered.set(call, System.nanoTime()));
            }
            Deployment.sleepMillis(1_000);
            bench.say(
                    prefix
                            + "%,d events/s: answer %s, event %s; watch at %s"
                                    .formatted(
                                            PER_SECOND,
                                            millis(sent, answered),
                                            millis(sent, told),
                                            watch.position()));
        }
    }

    private static void note(Watched news, AtomicLongArray told) {
        long now = System.nanoTime();
        if (news instanceof Watched.Change change) {
            for (var event : change.events()) {
                if (event instanceof DirectoryEvent.Granted granted) {
                    told.set(Integer.parseInt(granted.grain().key()), now);
                }
            }
        }
    }

    private static String millis(long[] sent, AtomicLongArray done) {
        double[] all = new double[sent.length];
        int missing = 0;
        for (int i = 0; i < all.length; i++) {
            missing += done.get(i) == 0 ? 1 : 0;
            all[i] = (done.get(i) - sent[i]) / 1e6;
        }
        Arrays.sort(all);
        return "p50 %.2f p99 %.2f ms, %d missing"
                .formatted(all[all.length / 2], all[all.length * 99 / 100], missing);
    }

    /// One change that many watch.
    private void fanOut() {
        GrainType type = new GrainType("fan-out");
        try (WatchCrowd crowd =
                new WatchCrowd(endpoint(), 10, FANOUT, EventFilter.grains(type, ""))) {
            crowd.awaitBegun();
            List<Double> answers = new ArrayList<>();
            List<Double> halves = new ArrayList<>();
            List<Double> lasts = new ArrayList<>();
            for (int i = 0; i < 2 * CHANGES; i++) {
                crowd.expect(1);
                long start = System.nanoTime();
                bench.client()
                        .grains()
                        .acquire(new GrainId(type, Integer.toString(i)), Grains.CLUSTERS[0])
                        .orThrow();
                double answer = (System.nanoTime() - start) / 1e6;
                List<Long> told = crowd.awaitTold();
                if (i >= CHANGES) {
                    answers.add(answer);
                    halves.add((told.get(told.size() / 2) - start) / 1e6);
                    lasts.add((told.getLast() - start) / 1e6);
                }
                Deployment.sleepMillis(20);
            }
            bench.say(
                    "one change, %,d watchers: answer %s, half told %s, all told %s"
                            .formatted(
                                    FANOUT,
                                    Stats.range(answers, "ms"),
                                    Stats.range(halves, "ms"),
                                    Stats.range(lasts, "ms")));
        }
    }

    /// Many who watch for what never comes.
    private void idle() {
        EventFilter nothing = EventFilter.grains(new GrainType("nothing"), "");
        long memory = memoryMb();
        double before = cores();
        try (WatchCrowd crowd = new WatchCrowd(endpoint(), 20, IDLE, nothing)) {
            crowd.awaitBegun();
            Deployment.sleepMillis(11_000);
            long after = memoryMb();
            bench.say(
                    "%,d idle watchers: %d MB of heap, %.3f core (%.3f without them)"
                            .formatted(IDLE, after - memory, cores(), before));
        }
    }

    /// What is left of the heap after a collection.
    private long memoryMb() {
        String pid = Long.toString(servers.pid(leader));
        Proc.run("jcmd", pid, "GC.run");
        String histogram = Proc.run("sh", "-c", "jcmd " + pid + " GC.class_histogram | tail -1");
        String[] words = histogram.strip().split("\\s+", -1);
        return words.length < 3 ? -1 : Long.parseLong(words[2]) >> 20;
    }

    private double cores() {
        long cpu = Proc.cpuMicros(servers.pid(leader));
        long start = System.nanoTime();
        Deployment.sleepMillis(Duration.ofSeconds(10).toMillis());
        return (Proc.cpuMicros(servers.pid(leader)) - cpu) * 1e3 / (System.nanoTime() - start);
    }

    private String endpoint() {
        return servers.endpoints().split(",", -1)[leader - 1];
    }
}
