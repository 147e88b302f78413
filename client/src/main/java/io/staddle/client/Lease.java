package io.staddle.client;

import io.staddle.api.id.Fence;
import io.staddle.client.BeatReply.Terms;

import java.util.concurrent.TimeUnit;

/// How long a cluster may take itself for an owner without another answer.
///
/// All of it is counted from when the beat was *sent*: the servers cannot have heard it before. So
/// whatever they decide after silence comes later, by the margin at least.
///
/// @param tenure which time it is that the cluster is not fenced, as the agent counts
/// @param heardNanos when the beat was sent
/// @param suspectNanos when the cluster has to take itself for suspect
/// @param endNanos when it is fenced
record Lease(long tenure, Fence fence, long heardNanos, long suspectNanos, long endNanos) {
    static Lease of(long tenure, Fence fence, long sentNanos, Terms terms, long marginMillis) {
        long suspect = terms.suspectAfterMillis() - margin(terms, marginMillis);
        long end = suspect + terms.graceMillis();
        return new Lease(
                tenure,
                fence,
                sentNanos,
                sentNanos + TimeUnit.MILLISECONDS.toNanos(suspect),
                sentNanos + TimeUnit.MILLISECONDS.toNanos(end));
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
