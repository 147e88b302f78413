package io.staddle.bench;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Keeps a number of calls outstanding, and records how long each took and how long there was none
/// that succeeded.
final class Load {
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final int FAILURES_IN_A_ROW_MAX = 100_000;

    private final Operation operation;
    private final Recorder micros = new Recorder(HIGHEST_MICROS, 3);
    private final LongAdder failed = new LongAdder();
    private final AtomicLong lastSuccess = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGap = new AtomicLong();
    private final CountDownLatch running;
    private volatile boolean over;

    private Load(Operation operation, int outstanding) {
        this.operation = operation;
        running = new CountDownLatch(outstanding);
    }

    /// Starts a load.
    static Load start(Operation operation, int outstanding) {
        Load load = new Load(operation, outstanding);
        for (int i = 0; i < outstanding; i++) {
            load.next();
        }
        return load;
    }

    /// Forgets what was recorded so far.
    void reset() {
        micros.reset();
        failed.reset();
        lastSuccess.set(System.nanoTime());
        longestGap.set(0);
    }

    /// Returns what was recorded since the last reset.
    Histogram recorded() {
        return micros.getIntervalHistogram();
    }

    long failed() {
        return failed.sum();
    }

    /// The longest time between two successes, in milliseconds, until now.
    double longestGapMillis() {
        long open = System.nanoTime() - lastSuccess.get();
        return Math.max(open, longestGap.get()) / 1e6;
    }

    /// Ends it and waits for the calls that are outstanding.
    void stop() {
        over = true;
        try {
            if (!running.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(running.getCount() + " calls were never answered");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void next() {
        if (over || failed.sum() > FAILURES_IN_A_ROW_MAX) {
            running.countDown();
            return;
        }
        long start = System.nanoTime();
        var _ =
                operation
                        .start()
                        .whenComplete((good, failure) -> ended(start, failure == null && good));
    }

    private void ended(long start, boolean good) {
        long now = System.nanoTime();
        if (good) {
            micros.recordValue(Math.min(HIGHEST_MICROS, (now - start) / 1_000));
            long gap = now - lastSuccess.getAndSet(now);
            if (gap > longestGap.get()) {
                longestGap.accumulateAndGet(gap, Math::max);
            }
        } else {
            failed.increment();
        }
        next();
    }
}
