package io.staddle.api.command;

/// Who wants something that the leader also does by itself.
public enum Initiative {
    /// The leader, by itself. Automation can be paused.
    AUTOMATIC,
    /// An operator.
    OPERATOR
}
