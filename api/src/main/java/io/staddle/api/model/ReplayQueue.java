package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;

import java.util.Optional;

/// How far a replay queue has got. Its entries are those after `ackedSeq` and before `nextSeq`.
///
/// @param target the cluster that is to make up for what is in it
/// @param nextSeq the place that the next entry gets; 1 in a queue that was never used
/// @param ackedSeq the last place that was acknowledged or truncated; 0 for none
/// @param totalBytes the bytes of all entries that ever were in it
/// @param ackedBytes the bytes of those up to `ackedSeq`
/// @param backlogSeq the place at which the present backlog began; `nextSeq` if there is none
/// @param lastAck empty if nothing was ever acknowledged
public record ReplayQueue(
        ClusterId target,
        long nextSeq,
        long ackedSeq,
        long totalBytes,
        long ackedBytes,
        long backlogSeq,
        Optional<Acknowledged> lastAck) {

    /// Who acknowledged last, and when.
    ///
    /// @param atMillis logical time in milliseconds since 1970
    public record Acknowledged(ConsumerId by, long atMillis) {}

    /// Returns the queue of a cluster that was never appended to.
    public static ReplayQueue empty(ClusterId target) {
        return new ReplayQueue(target, 1, 0, 0, 0, 1, Optional.empty());
    }

    /// Returns the queue of a cluster that was never appended to in this deployment.
    ///
    /// @param above places are counted from there: 0 unless the deployment was restored from a
    ///     backup
    public static ReplayQueue empty(ClusterId target, long above) {
        return new ReplayQueue(target, above + 1, above, 0, 0, above + 1, Optional.empty());
    }

    /// Returns how many entries are in it.
    public long entries() {
        return nextSeq - 1 - ackedSeq;
    }

    /// Returns how many bytes of keys and values are in it.
    public long bytes() {
        return totalBytes - ackedBytes;
    }

    /// Returns the last place that was given to an entry; 0 for none.
    public long lastSeq() {
        return nextSeq - 1;
    }

    /// Returns it with so many more entries.
    public ReplayQueue grownBy(long entries, long bytes) {
        return new ReplayQueue(
                target,
                nextSeq + entries,
                ackedSeq,
                totalBytes + bytes,
                ackedBytes,
                backlogSeq,
                lastAck);
    }

    /// Returns it without the entries up to and including `throughSeq`.
    ///
    /// @param bytes the bytes of the entries that go
    public ReplayQueue without(long throughSeq, long bytes) {
        return new ReplayQueue(
                target,
                nextSeq,
                throughSeq,
                totalBytes,
                ackedBytes + bytes,
                throughSeq == lastSeq() ? nextSeq : backlogSeq,
                lastAck);
    }

    /// Returns it with another one who acknowledged last.
    public ReplayQueue acknowledged(ConsumerId by, long atMillis) {
        return new ReplayQueue(
                target,
                nextSeq,
                ackedSeq,
                totalBytes,
                ackedBytes,
                backlogSeq,
                Optional.of(new Acknowledged(by, atMillis)));
    }
}
