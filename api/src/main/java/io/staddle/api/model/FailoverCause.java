package io.staddle.api.model;

/// Why a cluster is demoted.
public enum FailoverCause {
    /// It was out of reach for longer than the grace period.
    GRACE,
    /// It leaves in good order: there is no grace period.
    DRAIN,
    /// An operator says so.
    OPERATOR;

    /// Tells whether the leader decides on it, and not an operator.
    public boolean isAutomatic() {
        return this != OPERATOR;
    }
}
