package io.staddle.it.kit;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.client.StaddleException;
import io.staddle.client.cache.CachedOwner;
import io.staddle.client.cache.NearCache;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Ask a cache for grains that are shuffled, and note what must not be.
public final class CacheReaders implements AutoCloseable {
    private static final int READERS = 2;
    private static final int WRONG_MAX = 10;
    private static final long PAUSE_NANOS = 100_000;

    /// The time that a mark may be under way on a machine that is busy.
    private static final long UNDER_WAY_NANOS = Duration.ofSeconds(5).toNanos();

    private final NearCache cache;
    private final GrainShuffle shuffle;
    private final long ageNanos;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;
    private volatile boolean closing;

    private CacheReaders(NearCache cache, GrainShuffle shuffle, Duration ageMax) {
        this.cache = cache;
        this.shuffle = shuffle;
        this.ageNanos = ageMax.toNanos() + UNDER_WAY_NANOS;
        this.threads =
                IntStream.range(0, READERS)
                        .mapToObj(i -> Thread.ofPlatform().start(() -> run(new Random(i))))
                        .toList();
    }

    /// Starts to ask.
    ///
    /// @param ageMax how old an answer may be
    public static CacheReaders start(NearCache cache, GrainShuffle shuffle, Duration ageMax) {
        return new CacheReaders(cache, shuffle, ageMax);
    }

    /// Returns what was wrong, as far as it fits.
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    @Override
    public void close() {
        stop();
    }

    /// Stops, and waits for what is under way.
    public void stop() {
        closing = true;
        for (Thread each : threads) {
            try {
                each.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(Random random) {
        Map<GrainId, Epoch> last = new HashMap<>();
        while (!closing && wrong.size() < WRONG_MAX) {
            GrainId grain = shuffle.grains().get(random.nextInt(shuffle.grains().size()));
            Epoch atLeast = shuffle.answeredBefore(grain, System.nanoTime() - ageNanos);
            try {
                CachedOwner found = cache.lookup(grain);
                if (found.epoch().compareTo(atLeast) < 0) {
                    wrong.add(found + " is too old: it had " + atLeast);
                }
                Epoch before = last.getOrDefault(grain, Epoch.NONE);
                if (found.epoch().compareTo(before) < 0) {
                    wrong.add(found + " goes back: it had " + before);
                }
                last.put(grain, found.epoch());
            } catch (StaddleException notNow) {
                // No server answers.
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
