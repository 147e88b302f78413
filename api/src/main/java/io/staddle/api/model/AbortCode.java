package io.staddle.api.model;

/// Why a migration is aborted.
public enum AbortCode {
    /// An operator wants it.
    OPERATOR,
    /// Writes were paused for longer than the budget.
    PAUSE_BUDGET_EXCEEDED,
    /// The target was removed, or takes part no more.
    TARGET_LOST,
    /// The target was restarted or replaced.
    TARGET_REPLACED,
    /// The target was not heard for `node.suspect-after-millis`.
    TARGET_UNREACHABLE,
    /// The target got nothing for `migration.catch-up-timeout-millis`.
    CATCH_UP_TIMEOUT,
    /// There was no step for `migration.abort-timeout-millis`.
    STALE;

    /// Tells whether the leader decides on it by itself.
    public boolean isAutomatic() {
        return this != OPERATOR;
    }
}
