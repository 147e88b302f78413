package io.staddle.statemachine.state;

import io.staddle.api.model.BarrierRecord;
import io.staddle.storage.Reads;

/// When the time of barriers and of their coordinators is over.
///
/// Time without a leader is nobody's fault: under another leader all of them have their whole time
/// again, from its first entry on. Nor is what a clock has jumped over ([LeaseHold]).
public final class Deadlines {
    private Deadlines() {}

    /// Returns when a barrier that is open is aborted.
    public static long of(BarrierRecord barrier, Reads view) {
        return end(barrier.deadlineMillis(), barrier.timeoutMillis(), view);
    }

    /// Returns until when nobody else gets a scope.
    public static long of(ScopeLease lease, Reads view) {
        return end(lease.untilMillis(), lease.leaseMillis(), view);
    }

    /// Returns the time that is so much later. A leader's clock may be anything: time then stands
    /// still at its end.
    public static long after(long nowMillis, long millis) {
        return millis > Long.MAX_VALUE - nowMillis ? Long.MAX_VALUE : nowMillis + millis;
    }

    private static long end(long millis, long lengthMillis, Reads view) {
        long again = after(Numbers.get(view, Numbers.LED_SINCE), lengthMillis);
        return Math.max(Math.max(millis, again), Numbers.get(view, Numbers.LEASES_HELD_UNTIL));
    }
}
