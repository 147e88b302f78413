package io.staddle.api.model;

import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;

import java.util.Optional;

/// How a cluster is fenced.
///
/// @param fence grows each time the cluster is demoted
/// @param acked the highest fence that the cluster has said it obeys
/// @param openFailover the failover that demoted it, until it is readmitted
public record Fencing(Fence fence, Fence acked, Optional<MoveId> openFailover) {
    /// Returns the fencing of a cluster that registers: it learns its fence from the answer.
    public static Fencing registered(Fence fence) {
        return new Fencing(fence, fence, Optional.empty());
    }

    /// Returns it after a failover.
    public Fencing raised(Fence next, MoveId failover) {
        return new Fencing(next, acked, Optional.of(failover));
    }

    /// Returns it after the readmission.
    public Fencing closed() {
        return new Fencing(fence, acked, Optional.empty());
    }

    /// Returns it when the cluster says that it obeys `seen`: what it cannot know is not believed.
    public Fencing acknowledged(Fence seen) {
        boolean news = seen.compareTo(acked) > 0 && seen.compareTo(fence) <= 0;
        return news ? new Fencing(fence, seen, openFailover) : this;
    }

    /// Tells whether the cluster has said that it obeys its fence.
    public boolean isAcknowledged() {
        return acked.equals(fence);
    }
}
