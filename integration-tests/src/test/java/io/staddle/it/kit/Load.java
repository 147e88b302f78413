package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.client.Observed;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Threads that acquire one new grain after another until closed, and remember which were granted.
public final class Load implements AutoCloseable {
    private static final int THREADS = 8;

    /// A thousand calls a second at most: with more, servers that start would get no processor.
    private static final long PAUSE_NANOS = 5_000_000;

    private final StaddleClient client;
    private final String type;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Queue<Answer.Grant> granted = new ConcurrentLinkedQueue<>();
    private final Queue<Long> times = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;
    private volatile boolean stopping;

    private Load(TestCluster cluster, String type) {
        client = cluster.client(Duration.ofSeconds(20));
        this.type = type;
        threads =
                Stream.generate(() -> Thread.ofVirtual().unstarted(this::repeat))
                        .limit(THREADS)
                        .toList();
    }

    /// Starts to acquire grains of `type` for [Directory#EU].
    public static Load start(TestCluster cluster, String type) {
        Load load = new Load(cluster, type);
        load.threads.forEach(Thread::start);
        return load;
    }

    /// Returns how many grains were granted.
    public int granted() {
        return granted.size();
    }

    /// Stops, and waits for the calls that are under way.
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

    /// Asserts that every grain that was granted is owned as it was granted.
    public void assertNothingLost(StaddleClient reader) {
        List<Answer.Grant> all = List.copyOf(granted);
        assertThat(all).isNotEmpty();
        List<Observed<Ownership>> found =
                reader.grains()
                        .lookupAll(
                                all.stream().map(Answer.Grant::grain).toList(),
                                Consistency.LINEARIZABLE);
        for (int i = 0; i < all.size(); i++) {
            Answer.Grant grant = all.get(i);
            Ownership ownership = found.get(i).value();
            assertThat(ownership.isHeldBy(grant.owner(), grant.epoch()))
                    .as("granted %s, found %s", grant, ownership)
                    .isTrue();
        }
    }

    /// Returns the longest time in which no grain was granted.
    public Duration longestGap() {
        List<Long> sorted = new ArrayList<>(times);
        sorted.sort(null);
        long longest = 0;
        for (int i = 1; i < sorted.size(); i++) {
            longest = Math.max(longest, sorted.get(i) - sorted.get(i - 1));
        }
        return Duration.ofNanos(longest);
    }

    /// Returns what it did, in one line.
    public String summary() {
        return "%d granted, %d unanswered, longest gap %d ms"
                .formatted(granted.size(), unanswered.get(), longestGap().toMillis());
    }

    private void repeat() {
        while (!stopping) {
            GrainId grain = GrainId.of(type, Integer.toString(next.getAndIncrement()));
            try {
                Result<Answer.Grant> result = client.grains().acquire(grain, Directory.EU);
                if (result instanceof Result.Done<Answer.Grant> done) {
                    granted.add(done.value());
                    times.add(System.nanoTime());
                } else {
                    unanswered.incrementAndGet();
                }
            } catch (StaddleException noAnswer) {
                unanswered.incrementAndGet();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
