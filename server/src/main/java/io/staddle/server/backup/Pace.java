package io.staddle.server.backup;

import java.util.concurrent.locks.LockSupport;

/// How fast a backup goes at most: whoever commits meanwhile shares processors with it, on both
/// ends, and would wait for each burst.
///
/// What was missed is not made up for.
final class Pace {
    private static final long BYTES_A_SECOND = 64 << 20;
    private static final double NANOS_A_BYTE = 1e9 / BYTES_A_SECOND;

    private long dueNanos = System.nanoTime();

    /// Waits until it is time for what comes after so many bytes.
    void after(int bytes) {
        long now = System.nanoTime();
        dueNanos = Math.max(dueNanos, now) + (long) (bytes * NANOS_A_BYTE);
        LockSupport.parkNanos(dueNanos - now);
    }
}
