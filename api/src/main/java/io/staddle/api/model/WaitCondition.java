package io.staddle.api.model;

/// What a migration waits for.
public enum WaitCondition {
    /// That the node says it has put the membership of that version into effect.
    CONFIG_OBSERVED,
    /// That the node is at most so many entries behind.
    CAUGHT_UP,
    /// That the node has the last write, while writes are paused.
    DRAINED,
    /// That the data plane refuses whatever this migration, and those before it, may still send.
    FENCED,
    /// Nothing: it is over.
    NOTHING
}
