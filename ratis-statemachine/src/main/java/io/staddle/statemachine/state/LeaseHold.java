package io.staddle.statemachine.state;

import io.staddle.api.model.Setting;
import io.staddle.storage.Reads;

/// When leases do not end though their time has come: for a while after a leader's clock jumped
/// ahead, so that whoever holds one can renew it.
///
/// A hold lasts as long as a cluster may be silent, and a minute at most; another jump meanwhile
/// does not shorten it. After it leases end for as long as it lasted, before there may be another:
/// so they end under a clock that jumps again and again, too, or runs too fast.
public final class LeaseHold {
    private static final long MILLIS_MAX = 60_000;

    private LeaseHold() {}

    /// Returns until when leases are held after a jump to `nowMillis`.
    public static long after(long nowMillis, long jumpMillis, Reads view) {
        long until = Numbers.get(view, Numbers.LEASES_HELD_UNTIL);
        long length = Math.min(MILLIS_MAX, Configs.of(view).get(Setting.SUSPECT_AFTER_MILLIS));
        long jumpedFrom = nowMillis - jumpMillis;
        if (jumpedFrom < until) {
            return later(until, jumpMillis);
        }
        return jumpedFrom - until < length && until > 0 ? until : later(nowMillis, length);
    }

    /// Tells whether no lease ends at `nowMillis`.
    public static boolean isOn(long nowMillis, Reads view) {
        return nowMillis < Numbers.get(view, Numbers.LEASES_HELD_UNTIL);
    }

    /// Returns how long ago something was, as far as it is held against anybody: what a clock has
    /// jumped over is not, so everything counts from the end of the hold. 0 until then.
    public static long elapsed(long sinceMillis, long nowMillis, Reads view) {
        long until = Numbers.get(view, Numbers.LEASES_HELD_UNTIL);
        return Math.max(0, nowMillis - Math.max(sinceMillis, until));
    }

    /// A leader's clock may be anything: time then stands still at its end.
    private static long later(long millis, long byMillis) {
        return byMillis > Long.MAX_VALUE - millis ? Long.MAX_VALUE : millis + byMillis;
    }
}
