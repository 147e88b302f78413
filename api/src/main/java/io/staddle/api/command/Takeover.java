package io.staddle.api.command;

/// Whom a promotion may take a grain from.
public enum Takeover {
    /// Only from an owner that has failed; else refused with `OWNER_ALIVE`.
    FROM_FAILED_OWNER,
    /// Also from an owner that lives: it hands over by itself, or an operator insists.
    FROM_LIVE_OWNER
}
