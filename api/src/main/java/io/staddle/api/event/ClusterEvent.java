package io.staddle.api.event;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Move;

/// What happened to clusters.
public sealed interface ClusterEvent extends Event {
    /// A cluster became known.
    record Registered(ClusterRecord cluster) implements ClusterEvent {}

    /// An operator says something else about a cluster.
    record Updated(ClusterRecord cluster) implements ClusterEvent {}

    /// A cluster was forgotten; its fence is remembered.
    record Removed(ClusterId cluster, Fence fence) implements ClusterEvent {}

    /// The health of a cluster changed.
    record StateChanged(ClusterId cluster, ClusterState from, ClusterState to)
            implements ClusterEvent {}

    /// A cluster was demoted: whatever it was granted under a lower fence is void.
    record Fenced(ClusterId cluster, Fence fence) implements ClusterEvent {}

    /// A failover, fail-back, evacuation or rescue took place.
    record MoveRecorded(Move move) implements ClusterEvent {}
}
