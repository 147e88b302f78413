package io.staddle.server.liveness;

import io.staddle.api.id.ClusterId;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What a leader has heard in one term.
///
/// Its window begins when the leader becomes ready, and again after a time in which it may have
/// missed beats. Every cluster counts as heard when the window begins; no beat before it counts.
final class Watch {
    private final long term;
    private final Map<ClusterId, Pulse> pulses = new ConcurrentHashMap<>();
    private volatile long windowNanos;

    Watch(long term, long nowNanos) {
        this.term = term;
        windowNanos = nowNanos;
    }

    long term() {
        return term;
    }

    long windowNanos() {
        return windowNanos;
    }

    void beginAnew(long nowNanos) {
        windowNanos = nowNanos;
    }

    void heard(ClusterId cluster, Pulse.Sign sign) {
        Pulse known = pulses.get(cluster);
        if (known == null) {
            pulses.put(cluster, new Pulse(sign));
        } else {
            known.beat(sign);
        }
    }

    /// Returns when a cluster was heard last, or when the window began if that was later.
    long heardNanos(ClusterId cluster) {
        Pulse pulse = pulses.get(cluster);
        long began = windowNanos;
        return pulse != null && pulse.last().nanos() - began > 0 ? pulse.last().nanos() : began;
    }

    void retain(Set<ClusterId> known) {
        pulses.keySet().retainAll(known);
    }

    Map<ClusterId, Pulse> pulses() {
        return pulses;
    }
}
