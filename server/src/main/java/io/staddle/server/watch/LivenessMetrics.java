package io.staddle.server.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.staddle.server.liveness.LivenessCounters;
import io.staddle.server.raft.Quorum;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// What can be measured of the health of clusters. What the leader counts stays 0 on the others,
/// but for the beats that they pass on.
public final class LivenessMetrics {
    private LivenessMetrics() {}

    /// Adds the meters.
    public static void bind(MeterRegistry registry, LivenessCounters counters, Quorum quorum) {
        counter(registry, "staddle.beats", counters.beats());
        counter(registry, "staddle.beats.passed", counters.passed());
        counter(registry, "staddle.detector.runs", counters.looks());
        counter(registry, "staddle.detector.suspicions", counters.suspicions());
        counter(registry, "staddle.detector.unconfirmed", counters.unconfirmed());
        counter(registry, "staddle.detector.pauses", counters.pauses());
        counter(registry, "staddle.detector.clock.jumps", counters.clockJumps());
        counter(registry, "staddle.failovers.proposed", counters.failovers());
        counter(registry, "staddle.failovers.held", counters.holds());
        TimeGauge.builder(
                        "staddle.clock.behind",
                        quorum,
                        TimeUnit.MILLISECONDS,
                        each -> each.clock().behindMillis())
                .description("how far the clock on the wall is behind logical time")
                .register(registry);
    }

    private static void counter(MeterRegistry registry, String name, LongAdder adder) {
        FunctionCounter.builder(name, adder, LongAdder::doubleValue).register(registry);
    }
}
