package io.staddle.api.query;

import io.staddle.api.id.MoveId;
import io.staddle.api.refusal.Refusal;

import java.util.List;

/// How far the failover of a cluster has got.
public sealed interface FailoverPhase {
    /// There is no reason for one.
    record Monitoring() implements FailoverPhase {}

    /// The cluster is SUSPECT, and the grace period runs.
    ///
    /// @param deadlineMillis when it ends, in milliseconds since 1970
    /// @param leftMillis how long that is from the time of the query
    /// @param heldBy what would hold the failover back even then, if nothing changes
    record Unreachable(long deadlineMillis, long leftMillis, List<Refusal> heldBy)
            implements FailoverPhase {
        /// Copies the list.
        public Unreachable {
            heldBy = List.copyOf(heldBy);
        }
    }

    /// It is due, and takes place as soon as nothing holds it back.
    record Promoting(List<Refusal> heldBy) implements FailoverPhase {
        /// Copies the list.
        public Promoting {
            heldBy = List.copyOf(heldBy);
        }
    }

    /// It took place, and is open until the cluster is readmitted.
    record Promoted(MoveId failover) implements FailoverPhase {}

    /// It took place, and some grains have no owner since.
    record PromotedPartial(MoveId failover, long strandedGrains) implements FailoverPhase {}
}
