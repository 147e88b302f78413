package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;

/// What is known of a cluster.
///
/// @param fence grows each time the cluster is demoted
/// @param version grows with every change of this record; the token for updates
/// @param stateSinceMillis logical time in milliseconds since 1970
public record ClusterRecord(
        ClusterId id,
        ClusterProfile profile,
        ClusterState state,
        Fence fence,
        long version,
        long stateSinceMillis) {
    /// Returns the same cluster in another state, one version on.
    public ClusterRecord in(ClusterState next, long atMillis) {
        return new ClusterRecord(id, profile, next, fence, version + 1, atMillis);
    }

    /// Returns the same cluster with another profile, one version on.
    public ClusterRecord with(ClusterProfile next) {
        return new ClusterRecord(id, next, state, fence, version + 1, stateSinceMillis);
    }

    /// Returns the same cluster behind another fence, one version on.
    public ClusterRecord behind(Fence next) {
        return new ClusterRecord(id, profile, state, next, version + 1, stateSinceMillis);
    }
}
