package io.staddle.api.model;

/// How the members of a group change.
public enum GroupChange {
    /// A node gets all data and does not vote.
    ADD_LEARNER,
    /// A learner becomes a voter.
    PROMOTE,
    /// A node leaves the group.
    REMOVE
}
