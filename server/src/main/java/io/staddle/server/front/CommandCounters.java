package io.staddle.server.front;

import java.util.concurrent.atomic.LongAdder;

/// What the command front has counted since it was made.
///
/// @param commands commands proposed
/// @param entries entries proposed
/// @param failedEntries entries that got no outcomes
/// @param overloaded calls that found it full
public record CommandCounters(
        LongAdder commands, LongAdder entries, LongAdder failedEntries, LongAdder overloaded) {
    CommandCounters() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
