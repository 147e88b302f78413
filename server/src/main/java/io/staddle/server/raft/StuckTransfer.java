package io.staddle.server.raft;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Tells a leader that is handing over from one that has forgotten that it gave up.
///
/// While a transfer of leadership is under way the leader refuses what is written. Ratis (3.3.0,
/// `TransferLeadership.start`) does not note the end of one that fails while it begins, as when the
/// heir's port is closed: such a leader refuses everything until another one is elected, though all
/// servers are well. So a leader that refuses for longer than the transfer may last has to step
/// down.
final class StuckTransfer {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LongSupplier nanos;

    // Guarded by this.
    private long since;
    private long excusedUntil;

    /// Written by whoever has the lock; read without it, as most writes are taken.
    private volatile boolean refusing;

    /// @param nanos a clock that never goes back
    StuckTransfer(LongSupplier nanos) {
        this.nanos = nanos;
        excusedUntil = nanos.getAsLong();
    }

    /// A transfer begins that may last so long.
    synchronized void begins(Duration timeout) {
        excusedUntil = nanos.getAsLong() + timeout.toNanos();
    }

    /// The transfer has ended, however.
    synchronized void ended() {
        excusedUntil = nanos.getAsLong();
    }

    /// A write was taken.
    void taken() {
        if (refusing) {
            synchronized (this) {
                refusing = false;
            }
        }
    }

    /// A write was refused by a leader that is handing over: to another server that it was told of,
    /// or, by itself, to one that it prefers.
    ///
    /// @return whether it has to step down; asked for again if that did not help
    synchronized boolean refused() {
        long now = nanos.getAsLong();
        if (!refusing) {
            refusing = true;
            since = now;
        }
        long patience = PATIENCE.toNanos();
        if (now - since < patience || now - excusedUntil < patience) {
            return false;
        }
        since = now;
        return true;
    }
}
