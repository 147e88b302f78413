package io.staddle.it.kit;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Gives one grain after the other to the other cluster, and knows when that was answered.
public final class GrainShuffle implements AutoCloseable {
    private final StaddleClient client;
    private final List<GrainId> grains;
    private final Map<GrainId, ConcurrentNavigableMap<Long, Epoch>> answered =
            new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closing;

    private GrainShuffle(StaddleClient client, List<GrainId> grains) {
        this.client = client;
        this.grains = List.copyOf(grains);
        this.grains.forEach(grain -> answered.put(grain, new ConcurrentSkipListMap<>()));
        thread = Thread.ofVirtual().name("shuffle").start(this::run);
    }

    /// Starts with grains that [Directory#EU] owns.
    public static GrainShuffle start(StaddleClient client, List<GrainId> grains) {
        return new GrainShuffle(client, grains);
    }

    /// Counts the changes that were answered.
    public int done() {
        return done.get();
    }

    /// Returns the grains.
    public List<GrainId> grains() {
        return grains;
    }

    /// Returns the epoch that a grain had at least, because it was answered before that moment.
    public Epoch answeredBefore(GrainId grain, long nanos) {
        Map.Entry<Long, Epoch> last = changes(grain).lowerEntry(nanos);
        return last == null ? Epoch.NONE : last.getValue();
    }

    @Override
    public void close() {
        stop();
    }

    /// Stops, and waits for what is under way.
    public void stop() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private ConcurrentNavigableMap<Long, Epoch> changes(GrainId grain) {
        return Objects.requireNonNull(answered.get(grain));
    }

    private void run() {
        Random random = new Random(1);
        while (!closing) {
            GrainId grain = grains.get(random.nextInt(grains.size()));
            ClusterId to = random.nextBoolean() ? Directory.EU : Directory.US;
            try {
                Epoch seen = client.grains().lookup(grain).epoch();
                if (client.grains().reassign(grain, to, seen)
                        instanceof Result.Done<Answer.Grant> given) {
                    changes(grain).put(System.nanoTime(), given.value().epoch());
                    done.incrementAndGet();
                }
            } catch (StaddleException notNow) {
                // Tried with another grain.
            }
        }
    }
}
