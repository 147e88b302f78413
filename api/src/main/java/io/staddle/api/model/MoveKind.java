package io.staddle.api.model;

/// Why holdings change their owner.
public enum MoveKind {
    /// A cluster is demoted.
    FAILOVER,
    /// A cluster gets back what it had claimed before.
    FAIL_BACK,
    /// A cluster hands over what it owns, and lives on.
    EVACUATION,
    /// Stranded holdings found an owner when placement or health changed.
    RESCUE
}
