package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;

import java.util.Optional;

/// What is known of a cluster.
///
/// @param pause set if an operator paused what happens to it by itself
/// @param version grows with every change of this record, but for those that beats bring; the token
///     for updates
public record ClusterRecord(
        ClusterId id,
        ClusterProfile profile,
        ClusterHealth health,
        Vitals vitals,
        ClusterRole role,
        Fencing fencing,
        Optional<Pause> pause,
        long version) {

    /// Returns the state of its health.
    public ClusterState state() {
        return health.state();
    }

    /// Returns its fencing token.
    public Fence fence() {
        return fencing.fence();
    }

    /// Tells whether it was demoted and not readmitted since: it may not own anything.
    public boolean isFenced() {
        return fencing.openFailover().isPresent();
    }

    /// Returns the same cluster in another state, one version on.
    public ClusterRecord in(ClusterState next, long atMillis) {
        return changed(profile, ClusterHealth.of(next, atMillis), role, fencing, pause);
    }

    /// Returns the same cluster with another profile, one version on.
    public ClusterRecord with(ClusterProfile next) {
        return changed(next, health, role, fencing, pause);
    }

    /// Returns the same cluster in another role, one version on.
    public ClusterRecord as(ClusterRole next) {
        return changed(profile, health, next, fencing, pause);
    }

    /// Returns the same cluster fenced in another way, one version on.
    public ClusterRecord behind(Fencing next) {
        return changed(profile, health, role, next, pause);
    }

    /// Returns the same cluster paused or not, one version on.
    public ClusterRecord paused(Optional<Pause> next) {
        return changed(profile, health, role, fencing, next);
    }

    /// Returns the same cluster after a note on what holds its failover back, one version on.
    public ClusterRecord noted(ClusterHealth next) {
        return changed(profile, next, role, fencing, pause);
    }

    /// Returns the same cluster after a beat that brought news, at the same version.
    public ClusterRecord heard(ClusterHealth beaten, Vitals news, Fencing acknowledged) {
        return new ClusterRecord(id, profile, beaten, news, role, acknowledged, pause, version);
    }

    private ClusterRecord changed(
            ClusterProfile nextProfile,
            ClusterHealth nextHealth,
            ClusterRole nextRole,
            Fencing nextFencing,
            Optional<Pause> nextPause) {
        return new ClusterRecord(
                id, nextProfile, nextHealth, vitals, nextRole, nextFencing, nextPause, version + 1);
    }
}
