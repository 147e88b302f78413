package io.staddle.api.model;

/// The part of a cluster in the primary's role. At most one cluster is the primary, under either of
/// its two names.
public enum ClusterRole {
    /// It is the primary.
    PRIMARY,
    /// It is the primary since the one before it failed.
    PROMOTED_SECONDARY,
    /// It may become the primary.
    SECONDARY,
    /// It was the primary until it failed, and is not readmitted yet.
    DEMOTED_PRIMARY;

    /// Tells whether who has this role is the primary.
    public boolean isPrimary() {
        return this == PRIMARY || this == PROMOTED_SECONDARY;
    }
}
