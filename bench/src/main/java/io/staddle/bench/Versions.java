package io.staddle.bench;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.Moment;
import io.staddle.client.GrainDirectory;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How long a lookup of what was takes, beside one of what is, with a hundred versions of a grain.
final class Versions {
    private static final int GRAINS = 100;
    private static final int VERSIONS = 100;
    private static final String TYPE = "versioned";

    private final Bench bench;
    private final GrainDirectory directory;
    private final Random random = new Random(1);
    private final List<Moment> revisions = new ArrayList<>();
    private final List<Moment> times = new ArrayList<>();

    Versions(Bench bench) {
        this.bench = bench;
        directory = bench.client().grains();
    }

    /// Prints microseconds a call, one call at a time.
    void measure() {
        for (int version = 0; version < VERSIONS; version++) {
            write(Grains.CLUSTERS[version % Grains.CLUSTERS.length]);
        }
        bench.say("");
        bench.say("%d grains of %d versions each, one call at a time".formatted(GRAINS, VERSIONS));
        bench.say("| segment | lookup | p50 µs | p99 µs | a second |");
        bench.say("|---|---|---|---|---|");
        for (int segment = 0; segment <= bench.options().segments(); segment++) {
            line(segment, "of now", () -> Consistency.LINEARIZABLE);
            line(segment, "as of a revision", () -> new Consistency.AsOf(any(revisions)));
            line(segment, "as of a time", () -> new Consistency.AsOf(any(times)));
            line(segment, "as of an epoch", this::epoch);
        }
    }

    private void write(ClusterId owner) {
        for (int i = 0; i < GRAINS; i++) {
            Ownership known = directory.lookup(grain(i));
            if (known instanceof Ownership.Owned owned) {
                directory.reassign(grain(i), owner, owned.epoch()).orThrow();
            } else {
                directory.acquire(grain(i), owner).orThrow();
            }
        }
        Ownership.Owned last = (Ownership.Owned) directory.lookup(grain(GRAINS - 1));
        revisions.add(Moment.afterEntry(last.since().revision().index()));
        times.add(new Moment.AtTime(last.since().atMillis()));
    }

    private Consistency epoch() {
        Epoch epoch = new Epoch(1 + random.nextInt(VERSIONS));
        return new Consistency.AsOf(new Moment.AtEpoch(grain(random.nextInt(GRAINS)), epoch));
    }

    private Moment any(List<Moment> moments) {
        return moments.get(random.nextInt(moments.size()));
    }

    /// The first segment warms up, and lets the servers read what was.
    private void line(int segment, String what, Supplier<Consistency> level) {
        Histogram nanos = new Histogram(3);
        long begin = System.nanoTime();
        long end = begin + (long) (bench.options().seconds() * 1e9);
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            directory.lookup(grain(random.nextInt(GRAINS)), level.get());
            nanos.recordValue(System.nanoTime() - start);
        }
        if (segment > 0) {
            bench.say(
                    "| %d | %s | %,d | %,d | %,.0f |"
                            .formatted(
                                    segment,
                                    what,
                                    TimeUnit.NANOSECONDS.toMicros(nanos.getValueAtPercentile(50)),
                                    TimeUnit.NANOSECONDS.toMicros(nanos.getValueAtPercentile(99)),
                                    nanos.getTotalCount() * 1e9 / (System.nanoTime() - begin)));
        }
    }

    private static GrainId grain(int number) {
        return GrainId.of(TYPE, "g" + number);
    }
}
