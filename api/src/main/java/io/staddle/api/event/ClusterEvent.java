package io.staddle.api.event;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.Beat;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterRole;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.FailoverBlocker;
import io.staddle.api.model.Move;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.Reach;

/// What happened to clusters.
public sealed interface ClusterEvent extends Event {
    /// A cluster became known.
    record Registered(ClusterRecord cluster) implements ClusterEvent {}

    /// An operator says something else about a cluster.
    record Updated(ClusterRecord cluster) implements ClusterEvent {}

    /// A cluster was forgotten; its fence is remembered.
    record Removed(ClusterId cluster, Fence fence) implements ClusterEvent {}

    /// The health of a cluster changed.
    ///
    /// @param cause what it is known from
    record StateChanged(ClusterId cluster, ClusterState from, ClusterState to, StateCause cause)
            implements ClusterEvent {}

    /// A beat brought news.
    record Heard(Beat beat) implements ClusterEvent {}

    /// A cluster was demoted: whatever it was granted under a lower fence is void.
    ///
    /// @param failover open from now on
    record Fenced(ClusterId cluster, Fence fence, MoveId failover) implements ClusterEvent {}

    /// A cluster was taken back in.
    ///
    /// @param failover closed from now on
    record Readmitted(ClusterId cluster, MoveId failover) implements ClusterEvent {}

    /// A cluster has another part in the primary's role.
    record RoleChanged(ClusterId cluster, ClusterRole from, ClusterRole to)
            implements ClusterEvent {}

    /// Another cluster is the primary, or none is any more.
    record PrimacyChanged(Primacy primacy) implements ClusterEvent {}

    /// A failover is due, and something holds it back.
    record FailoverBlocked(ClusterId cluster, FailoverBlocker blocker) implements ClusterEvent {}

    /// An operator wants nothing to happen by itself.
    record AutomationPaused(Reach reach, Pause pause) implements ClusterEvent {}

    /// An operator wants things to happen by themselves again.
    record AutomationResumed(Reach reach) implements ClusterEvent {}

    /// A failover, fail-back, evacuation or rescue took place.
    record MoveRecorded(Move move) implements ClusterEvent {}
}
