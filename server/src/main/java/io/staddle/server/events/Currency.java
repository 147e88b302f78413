package io.staddle.server.events;

import io.staddle.server.raft.Quorum;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Keeps asking a majority whether this server still hears all there is, while somebody watches.
/// Only the hub's thread calls it.
final class Currency {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// An election is over by then.
    private static final long OUT_OF_TOUCH_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Quorum quorum;
    private final Runnable confirmedListener;
    private volatile OptionalLong confirmedNanos = OptionalLong.empty();
    private volatile boolean asking;
    private long askedNanos;
    private long begunNanos;

    /// @param confirmedListener is called, on any thread, when a majority has answered
    Currency(Quorum quorum, Runnable confirmedListener) {
        this.quorum = quorum;
        this.confirmedListener = confirmedListener;
    }

    /// Somebody watches again: silence counts from now on.
    void begin(long nowNanos) {
        begunNanos = nowNanos;
        askedNanos = nowNanos - PATIENCE_NANOS;
        asking = false;
    }

    /// Returns the last moment of which is known that all that was answered before it is in a view
    /// that is taken now; empty before the first.
    OptionalLong confirmedNanos() {
        return confirmedNanos;
    }

    boolean isOutOfTouch(long nowNanos) {
        OptionalLong confirmed = confirmedNanos;
        return nowNanos - begunNanos > OUT_OF_TOUCH_NANOS
                && (confirmed.isEmpty() || nowNanos - confirmed.getAsLong() > OUT_OF_TOUCH_NANOS);
    }

    /// Asks, if it is time to.
    void ask(long nowNanos) {
        if (nowNanos - askedNanos < (asking ? PATIENCE_NANOS : PAUSE_NANOS)) {
            return;
        }
        askedNanos = nowNanos;
        asking = true;
        try {
            var _ =
                    quorum.linearize()
                            .whenComplete((_, failure) -> {
                                asking = false;
                                if (failure == null) {
                                    confirmed(nowNanos);
                                }
                            });
        } catch (RuntimeException noQuorum) {
            asking = false;
        }
    }

    private synchronized void confirmed(long nanos) {
        if (confirmedNanos.isEmpty() || nanos - confirmedNanos.getAsLong() > 0) {
            confirmedNanos = OptionalLong.of(nanos);
            confirmedListener.run();
        }
    }
}
