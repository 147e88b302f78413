package io.staddle.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The time of an [EmbeddedStaddle]: goes on as time does, and further when a test says so.
///
/// Deadlines are of this time: leases of grains, coordinators and members, deadlines of barriers,
/// budgets of migrations, how long what is over is kept. Silence is not: clusters and data nodes
/// are heard, or not, in the time that really passes. So whoever beats goes on being heard,
/// however far a test goes ahead; and what a [io.staddle.client.ClusterAgent] or a client counts in
/// its own process is not of this time either.
public final class VirtualClock {
    private final AtomicLong aheadMillis = new AtomicLong();

    VirtualClock() {}

    /// Lets time pass for the servers, all at once. What has come to its deadline is found within
    /// a second of real time: wait for it.
    ///
    /// @param duration 1 ms or more; it is never taken back
    public void advance(Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "time goes on by 1 ms or more, but was to by " + duration);
        }
        aheadMillis.addAndGet(duration.toMillis());
    }

    /// Returns what time it is for the servers.
    public Instant now() {
        return Instant.now().plusMillis(aheadMillis.get());
    }

    long nanos() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(aheadMillis.get());
    }
}
