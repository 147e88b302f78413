package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.GrainId;
import io.staddle.api.query.Consistency;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Threads that write and read until closed, with one client, as an application does. They count
/// what failed: nothing may, whatever an operator does in good order.
public final class Callers implements AutoCloseable {
    private static final int OF_EACH_KIND = 4;

    /// Some hundreds of calls a second: with more, servers that start would get no processor.
    private static final long PAUSE_NANOS = 10_000_000;

    private final StaddleClient client;
    private final String type;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<GrainId> granted = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Pauses writes = new Pauses();
    private final Pauses reads = new Pauses();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    /// When something was answered last, and the longest time in which nothing was.
    private static final class Pauses {
        private final AtomicLong last = new AtomicLong(System.nanoTime());
        private final AtomicLong longest = new AtomicLong();
        private final AtomicInteger answered = new AtomicInteger();

        void answered() {
            long now = System.nanoTime();
            long before = last.getAndSet(now);
            longest.accumulateAndGet(now - before, Math::max);
            answered.incrementAndGet();
        }

        @Override
        public String toString() {
            return "%d answered, longest pause %d ms"
                    .formatted(answered.get(), Duration.ofNanos(longest.get()).toMillis());
        }
    }

    private Callers(TestCluster cluster, String type) {
        client = cluster.client(Duration.ofSeconds(20));
        this.type = type;
        write();
        for (int i = 0; i < OF_EACH_KIND; i++) {
            start(this::write);
            start(() -> read(Consistency.LINEARIZABLE));
            start(() -> read(Consistency.STALE));
        }
    }

    /// Starts to acquire grains of `type` for [Directory#EU], and to look them up.
    public static Callers start(TestCluster cluster, String type) {
        return new Callers(cluster, type);
    }

    /// Returns how many calls of each kind were answered, at least.
    public int answered() {
        return Math.min(writes.answered.get(), reads.answered.get());
    }

    /// Returns what failed, and how.
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /// Returns what they did, in one line.
    public String summary() {
        return "writes: %s; reads: %s; failed: %d".formatted(writes, reads, failures.size());
    }

    @Override
    public void close() {
        stopping = true;
        try {
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(30))).as("a call ends").isTrue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private void start(Runnable call) {
        threads.add(Thread.ofVirtual().start(() -> repeat(call)));
    }

    private void repeat(Runnable call) {
        while (!stopping) {
            try {
                call.run();
            } catch (StaddleException failure) {
                failures.add(failure.toString());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void write() {
        GrainId grain = GrainId.of(type, Integer.toString(next.getAndIncrement()));
        Result<Answer.Grant> result = client.grains().acquire(grain, Directory.EU);
        if (result instanceof Result.Done) {
            granted.add(grain);
            writes.answered();
        } else {
            failures.add(result.toString());
        }
    }

    /// What was granted must be there, unless what is out of date may be shown.
    private void read(Consistency consistency) {
        GrainId grain = granted.element();
        var owner = client.grains().lookup(grain, consistency).value().owner();
        if (consistency.equals(Consistency.LINEARIZABLE) && !owner.equals(Directory.OWNED_BY_EU)) {
            failures.add(grain + " was granted, and is owned by " + owner);
        }
        reads.answered();
    }
}
