package io.staddle.bench;

import io.staddle.api.id.GrainId;
import io.staddle.client.cache.NearCache;
import io.staddle.client.cache.NearCacheOptions;

import org.HdrHistogram.Histogram;

import java.util.Random;

/// How long a lookup in memory takes, on one thread, while the watch goes on.
final class NearCaches {
    private static final int GRAINS_MAX = 100_000;
    private static final int BATCH = 1_000;

    private final Bench bench;

    NearCaches(Bench bench) {
        this.bench = bench;
    }

    /// Prints nanoseconds a lookup, of batches of a thousand, and bytes a grain.
    void measure() {
        int all = bench.grains().count();
        int count = Math.min(all, GRAINS_MAX);
        GrainId[] grains = new GrainId[count];
        Random random = new Random(1);
        for (int i = 0; i < count; i++) {
            grains[i] = bench.grains().id(random.nextInt(all));
        }
        NearCacheOptions options = NearCacheOptions.DEFAULT.withEntriesMax(2 * count);
        long before = heap();
        try (NearCache cache = NearCache.open(bench.client(), options)) {
            fill(cache, grains);
            long bytes = (heap() - before) / count;
            bench.say("");
            bench.say("near cache of %,d grains, %d bytes a grain".formatted(count, bytes));
            bench.say("| segment | lookups a second | p50 ns | p99 ns | from memory |");
            bench.say("|---|---|---|---|---|");
            for (int segment = 1; segment <= bench.options().segments(); segment++) {
                bench.say(segment(cache, grains, random, segment));
            }
        }
    }

    private static void fill(NearCache cache, GrainId[] grains) {
        long misses = -1;
        while (cache.status().misses() != misses) {
            misses = cache.status().misses();
            for (GrainId grain : grains) {
                cache.lookup(grain);
            }
        }
    }

    private String segment(NearCache cache, GrainId[] grains, Random random, int number) {
        long hits = cache.status().hits();
        Histogram batches = new Histogram(3);
        long end = System.nanoTime() + (long) (bench.options().seconds() * 1e9);
        long lookups = 0;
        long begin = System.nanoTime();
        while (System.nanoTime() < end) {
            int first = random.nextInt(grains.length);
            long start = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                // A step that is no multiple of a cache line's entries.
                cache.lookup(grains[(first + i * 7_919) % grains.length]);
            }
            batches.recordValue((System.nanoTime() - start) / BATCH);
            lookups += BATCH;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return "| %d | %,.0f | %d | %d | %.1f %% |"
                .formatted(
                        number,
                        lookups / seconds,
                        batches.getValueAtPercentile(50),
                        batches.getValueAtPercentile(99),
                        100.0 * (cache.status().hits() - hits) / lookups);
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
