package io.staddle.statemachine.state;

import io.staddle.api.id.GrainId;
import io.staddle.storage.KeyRange;
import io.staddle.storage.KeyWriter;

/// A grain and a logical time.
public record TimedGrain(long atMillis, GrainId grain) {
    /// Returns the range of the times up to and including `untilMillis`, the earliest first.
    public static KeyRange until(long untilMillis) {
        if (untilMillis == Long.MAX_VALUE) {
            return KeyRange.all();
        }
        return KeyRange.before(new KeyWriter().number(Math.max(0, untilMillis + 1)).toBytes());
    }
}
