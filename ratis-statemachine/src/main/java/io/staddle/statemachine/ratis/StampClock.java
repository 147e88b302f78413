package io.staddle.statemachine.ratis;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The clock that the leader stamps entries with: the one on the wall, or logical time if the
/// wall's is behind that.
///
/// Logical time goes on from the newest stamp that was applied here, at the pace of a clock that
/// never jumps. So deadlines come under a leader whose clock is hours behind that of the one
/// before, and under one whose clock is set back. A clock that is ahead takes logical time along
/// for good; the stamp says so.
public final class StampClock implements InstantSource {
    private static final long JUMP_MILLIS = 1_000;

    private final InstantSource wall;
    private final LongSupplier nanos;
    private volatile Seen newest;

    /// What an entry is stamped with.
    ///
    /// @param millis since 1970
    /// @param jumpMillis how far the clock on the wall is ahead of logical time, if that is too
    ///     much to come from anything but a jump; else 0
    public record Stamp(long millis, long jumpMillis) {}

    /// A stamp, and when it was seen.
    private record Seen(long millis, long seenNanos) {
        long goneOn(long nowNanos) {
            return millis + TimeUnit.NANOSECONDS.toMillis(nowNanos - seenNanos);
        }
    }

    /// @param nanos a clock that never goes back and never jumps, such as [System#nanoTime]
    public StampClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        newest = new Seen(0, nanos.getAsLong());
    }

    /// Takes note of a stamp that is about to be applied, so that no view is ahead of this clock.
    /// Only the thread that applies calls it.
    public void seen(long stampMillis) {
        long now = nanos.getAsLong();
        if (stampMillis > newest.goneOn(now)) {
            newest = new Seen(stampMillis, now);
        }
    }

    /// Returns the stamp for an entry that is proposed now.
    public Stamp stamp() {
        long now = wall.millis();
        long logical = logicalMillis();
        boolean jumped = newest.millis() > 0 && now - logical > JUMP_MILLIS;
        return new Stamp(Math.max(now, logical), jumped ? now - logical : 0);
    }

    /// Returns the clock on the wall.
    public InstantSource wall() {
        return wall;
    }

    /// Returns how far the clock on the wall is behind logical time; 0 if it is not.
    public long behindMillis() {
        return Math.max(0, logicalMillis() - wall.millis());
    }

    @Override
    public long millis() {
        return Math.max(wall.millis(), logicalMillis());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    private long logicalMillis() {
        return newest.goneOn(nanos.getAsLong());
    }
}
