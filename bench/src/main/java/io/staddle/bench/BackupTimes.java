package io.staddle.bench;

import io.staddle.api.codec.BackupReader;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.client.Endpoint;
import io.staddle.client.GrainDirectory;
import io.staddle.client.ServerDescription;
import io.staddle.client.ServerReply;
import io.staddle.server.backup.Restore;
import io.staddle.server.config.ConfigFile;
import io.staddle.server.config.ServerConfig;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How long a backup of all grains takes, what commits wait meanwhile, and how long a restore
/// takes.
final class BackupTimes {
    private static final int WRITERS = 50;
    private static final int A_SECOND = 1_000;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(WRITERS) / A_SECOND;
    private static final long QUIET_MILLIS = 5_000;

    private final Bench bench;
    private final GrainDirectory directory;
    private final Path home;
    private volatile boolean stopping;
    private volatile Histogram waits = new ConcurrentHistogram(3);

    BackupTimes(Bench bench) {
        this.bench = bench;
        directory = bench.client().grains();
        home = bench.options().work().resolve("backups");
    }

    /// Prints a line a round.
    void measure() {
        bench.say("");
        bench.say(
                "backups of %,d grains, %,d commits a second meanwhile; waits in ms from when"
                                .formatted(bench.options().grains(), A_SECOND)
                        + " a commit is due; CPU of servers and client, in cores");
        bench.say(
                "| round | file MB | save s | verify s | restore s | wait p50 | p99 | max | cores |"
                        + " quiet p50 | p99 | max | cores |");
        bench.say("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        List<Thread> writers = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            long first = begin + i * PERIOD_NANOS / WRITERS;
            writers.add(Thread.ofVirtual().start(() -> write(writer, first)));
        }
        try {
            for (int round = 1; round <= bench.options().segments(); round++) {
                round(round);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stopping = true;
            writers.forEach(BackupTimes::join);
        }
    }

    private void round(int round) throws IOException {
        Path file = Files.createDirectories(home).resolve("backup-" + round);
        Endpoint follower = follower();
        taken();
        Used began = used();
        Deployment.sleepMillis(QUIET_MILLIS);
        Histogram quiet = taken();
        Used before = used();
        long start = System.nanoTime();
        try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
            bench.client().servers().saveBackup(follower, to, (_, _) -> {});
        }
        double save = seconds(start);
        Histogram during = taken();
        Used used = used().since(before);
        start = System.nanoTime();
        BackupReader.verify(file, _ -> {});
        double verify = seconds(start);
        start = System.nanoTime();
        new Restore(config(round), file, Instant.now()).run();
        double restore = seconds(start);
        bench.say(
                "| %d | %.1f | %.2f | %.2f | %.2f | %s | %s | %s | %s |"
                        .formatted(
                                round,
                                Files.size(file) / 1e6,
                                save,
                                verify,
                                restore,
                                waits(during),
                                cores(used),
                                waits(quiet),
                                cores(before.since(began))));
        Deployment.delete(home);
    }

    private Used used() {
        return Used.now(bench.servers(), 1);
    }

    private static String cores(Used used) {
        return "%.2f".formatted(used.ours() * 1e3 / used.nanos());
    }

    private Endpoint follower() {
        for (ServerReply<ServerDescription> reply : bench.client().servers().describeAll()) {
            if (reply.answer().filter(server -> !server.leads()).isPresent()) {
                return reply.endpoint();
            }
        }
        throw new IllegalStateException("no server follows");
    }

    private ServerConfig config(int round) throws IOException {
        Path file = home.resolve("restored-" + round + ".yaml");
        Files.writeString(
                file,
                """
                server: s1
                deployment: restored-%d
                data: %s
                servers:
                  - id: s1
                    api: 127.0.0.1:1
                    raft: 127.0.0.1:2
                """
                        .formatted(round, home.resolve("data-" + round)));
        return ConfigFile.read(file, Map.of());
    }

    private Histogram taken() {
        Histogram last = waits;
        waits = new ConcurrentHistogram(3);
        return last;
    }

    /// Each writer moves a grain of its own to and fro, each commit when it is due: one that waits
    /// does not let others begin later.
    private void write(int writer, long first) {
        GrainId grain = bench.grains().id(writer);
        Epoch epoch = directory.lookup(grain).epoch();
        long due = first;
        for (int number = 0; !stopping; number++) {
            sleep(due - System.nanoTime());
            ClusterId to = Grains.CLUSTERS[number % Grains.CLUSTERS.length];
            epoch = directory.reassign(grain, to, epoch).orThrow().epoch();
            waits.recordValue(System.nanoTime() - due);
            due += PERIOD_NANOS;
        }
    }

    private static String waits(Histogram of) {
        return "%.1f | %.1f | %.1f"
                .formatted(
                        of.getValueAtPercentile(50) / 1e6,
                        of.getValueAtPercentile(99) / 1e6,
                        of.getMaxValue() / 1e6);
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static void sleep(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
