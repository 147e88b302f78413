package io.staddle.server.front;

import io.prometheus.metrics.core.metrics.Histogram;
import io.staddle.server.metrics.Histograms;

import java.util.concurrent.atomic.LongAdder;

/// What the read front has counted since it was made.
///
/// @param queries queries taken
/// @param failedRounds rounds of linearization that failed
/// @param overloaded calls that found it full
/// @param roundSeconds of each round that did not fail, how long it took
/// @param fences what became of fence checks
public record ReadCounters(
        LongAdder queries,
        LongAdder failedRounds,
        LongAdder overloaded,
        Histogram roundSeconds,
        FenceChecks fences) {
    ReadCounters() {
        this(
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                Histograms.ofSeconds(
                        "staddle_read_round_seconds",
                        "How long reads waited for the read index, a round for all that wait"),
                new FenceChecks());
    }
}
