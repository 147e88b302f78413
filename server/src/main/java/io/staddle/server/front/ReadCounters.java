package io.staddle.server.front;

import java.util.concurrent.atomic.LongAdder;

/// What the read front has counted since it was made.
///
/// @param queries queries taken
/// @param rounds rounds of linearization
/// @param failedRounds rounds that failed
/// @param overloaded calls that found it full
public record ReadCounters(
        LongAdder queries, LongAdder rounds, LongAdder failedRounds, LongAdder overloaded) {
    ReadCounters() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
