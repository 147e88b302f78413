package io.staddle.api.model;

/// What holds an automatic failover back, though it is due.
public enum FailoverBlocker {
    /// An operator paused it.
    AUTOMATION_PAUSED,
    /// So many clusters are suspect that Staddle itself is probably the one that is cut off.
    MASS_SUSPECT_HOLD,
    /// The cluster is the primary, and no other can become it.
    NO_ELIGIBLE_SUCCESSOR
}
