package io.staddle.api.model;

/// The health of a cluster as it is replicated.
public enum ClusterState {
    /// Registered, not yet heard of.
    UNKNOWN,
    /// May own grains and may be a successor.
    HEALTHY,
    /// Silent for longer than is usual.
    SUSPECT,
    /// Heard of again; not yet a successor.
    RECOVERING,
    /// Leaves in good order: keeps what it owns, gets nothing new.
    DRAINING,
    /// Demoted: owns nothing and gets nothing.
    FAILED
}
