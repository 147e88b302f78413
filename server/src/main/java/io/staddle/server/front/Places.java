package io.staddle.server.front;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// How many connections may call at the same time. Who finds none left is logged, once a minute.
public final class Places {
    private static final Logger LOG = LoggerFactory.getLogger(Places.class);
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int max;
    private final Semaphore free;
    private final LongAdder refused = new LongAdder();
    private final AtomicLong saidNanos = new AtomicLong(System.nanoTime() - SILENCE_NANOS);

    /// Begins with none taken.
    public Places(int max) {
        this.max = max;
        free = new Semaphore(max);
    }

    /// Takes one, if one is left.
    public boolean take() {
        return free.tryAcquire();
    }

    /// Gives one back.
    public void leave() {
        free.release();
    }

    /// Notes that a call was refused, for want of one.
    ///
    /// @param from who called
    public void refuse(Object from) {
        refused.increment();
        long said = saidNanos.get();
        long now = System.nanoTime();
        if (now - said >= SILENCE_NANOS && saidNanos.compareAndSet(said, now)) {
            LOG.warn(
                    "refused calls, the last of {}: limits.connections, {}, call this server",
                    from,
                    max);
        }
    }

    /// Returns how many are taken.
    public int taken() {
        return max - free.availablePermits();
    }

    /// Returns how many calls were refused.
    public double refused() {
        return refused.doubleValue();
    }
}
