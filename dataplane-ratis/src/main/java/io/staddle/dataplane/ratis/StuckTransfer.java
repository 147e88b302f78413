package io.staddle.dataplane.ratis;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Tells a leader that is handing over from one that has forgotten that it gave up.
///
/// While a transfer of leadership is under way the leader refuses what is written. Ratis (3.3.0,
/// `TransferLeadership.start`) does not note the end of one that fails while it begins, as when the
/// heir's port is closed: such a leader refuses everything until another one is elected, though all
/// nodes are well. So a leader that refuses for longer than any transfer lasts has to step down.
final class StuckTransfer {
    /// Longer than a transfer may take.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final LongSupplier nanos;

    /// Guarded by this: when the first of the writes was refused that nothing came through since.
    private long since;

    /// Written by whoever has the lock; read without it, as most writes are taken.
    private volatile boolean refusing;

    /// @param nanos a clock that never goes back
    StuckTransfer(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// A write was taken.
    void taken() {
        if (refusing) {
            synchronized (this) {
                refusing = false;
            }
        }
    }

    /// A write was refused by a leader that is handing over.
    ///
    /// @return whether it has to step down; asked for again if that did not help
    synchronized boolean refused() {
        long now = nanos.getAsLong();
        if (!refusing) {
            refusing = true;
            since = now;
            return false;
        }
        if (now - since < PATIENCE_NANOS) {
            return false;
        }
        since = now;
        return true;
    }
}
