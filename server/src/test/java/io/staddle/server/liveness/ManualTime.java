package io.staddle.server.liveness;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Two clocks that a test moves: one that never jumps, and that on the wall.
public final class ManualTime implements InstantSource {
    private long nanos = -5_000_000_000L;
    private long wallMillis = 1_000_000;

    /// Lets both clocks go on.
    public void passes(Duration time) {
        nanos += time.toNanos();
        wallMillis += time.toMillis();
    }

    /// Sets the clock on the wall forward or back.
    public void jumps(Duration time) {
        wallMillis += time.toMillis();
    }

    /// Returns the time of the clock that never jumps.
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(wallMillis);
    }
}
