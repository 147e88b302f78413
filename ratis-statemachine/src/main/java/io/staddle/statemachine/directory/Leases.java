package io.staddle.statemachine.directory;

import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.storage.Reads;

import java.util.Optional;

/// How long leases last.
final class Leases {
    /// The end of no lease.
    static final long NONE = 0;

    private Leases() {}

    static Optional<Refusal> refuseTooLong(long leaseMillis, Reads view) {
        if (leaseMillis == NONE) {
            return Optional.empty();
        }
        long max = Configs.of(view).get(Setting.LEASE_MILLIS_MAX);
        return leaseMillis > max
                ? Optional.of(new Refusal.LeaseTooLong(leaseMillis, max))
                : Optional.empty();
    }

    /// A leader's clock may be anything: time then stands still at its end.
    static long until(long leaseMillis, Tick tick) {
        if (leaseMillis == NONE) {
            return NONE;
        }
        return leaseMillis > Long.MAX_VALUE - tick.nowMillis()
                ? Long.MAX_VALUE
                : tick.nowMillis() + leaseMillis;
    }
}
