package io.staddle.client;

import io.staddle.api.id.Fence;
import io.staddle.client.BeatReply.Terms;

import java.util.concurrent.TimeUnit;

/// How long a cluster may take itself for an owner without another answer.
///
/// All of it is counted from when the server that answered surely led, which is some time before
/// the beat was *sent*: whoever leads after it begins to count silence later. So whatever the
/// servers decide after silence comes later, by the margin at least.
///
/// @param tenure which time it is that the cluster is not fenced, as the agent counts
/// @param heardNanos when the server that answered surely led
/// @param suspectNanos when the cluster has to take itself for suspect
/// @param endNanos when it is fenced
record Lease(long tenure, Fence fence, long heardNanos, long suspectNanos, long endNanos) {
    static Lease of(long tenure, Fence fence, long heardNanos, Terms terms, long marginMillis) {
        long suspect = terms.suspectAfterMillis() - margin(terms, marginMillis);
        long end = suspect + terms.graceMillis();
        return new Lease(
                tenure,
                fence,
                heardNanos,
                heardNanos + TimeUnit.MILLISECONDS.toNanos(suspect),
                heardNanos + TimeUnit.MILLISECONDS.toNanos(end));
    }

    /// A margin of more than half would leave no time to live.
    private static long margin(Terms terms, long wishedMillis) {
        long wished =
                wishedMillis >= 0
                        ? wishedMillis
                        : Math.max(terms.intervalMillis(), terms.suspectAfterMillis() / 10);
        return Math.min(wished, terms.suspectAfterMillis() / 2);
    }

    boolean isOver(long nowNanos) {
        return nowNanos - endNanos >= 0;
    }

    boolean isSuspect(long nowNanos) {
        return nowNanos - suspectNanos >= 0;
    }

    long silentMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos - heardNanos);
    }
}
