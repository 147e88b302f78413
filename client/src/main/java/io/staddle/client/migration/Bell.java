package io.staddle.client.migration;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Ends the rest of whoever waits for news. It may ring before that one waits, and more than once:
/// that ends one rest.
final class Bell {
    private final Semaphore rung = new Semaphore(0);

    /// From any thread.
    void ring() {
        rung.release();
    }

    /// Waits until it rings, but not for longer. One thread calls it.
    void await(Duration longest) throws InterruptedException {
        if (rung.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            rung.drainPermits();
        }
    }
}
