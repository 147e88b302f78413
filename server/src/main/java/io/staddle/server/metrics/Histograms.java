package io.staddle.server.metrics;

import io.prometheus.metrics.core.metrics.Histogram;

/// Histograms with fixed buckets: to observe allocates nothing.
public final class Histograms {
    private static final double FIRST_SECONDS = 0.0005;
    private static final int SECONDS_BUCKETS = 15;
    private static final int SIZE_BUCKETS = 8;

    private Histograms() {}

    /// Returns one of durations: buckets from half a millisecond to 8 s, each twice the one before.
    public static Histogram ofSeconds(String name, String help) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicExponentialUpperBounds(FIRST_SECONDS, 2, SECONDS_BUCKETS)
                .withoutExemplars()
                .build();
    }

    /// Returns one of sizes: buckets from 1 to 16,384, each four times the one before.
    public static Histogram ofSizes(String name, String help) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicExponentialUpperBounds(1, 4, SIZE_BUCKETS)
                .withoutExemplars()
                .build();
    }
}
