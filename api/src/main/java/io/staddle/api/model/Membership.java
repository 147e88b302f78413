package io.staddle.api.model;

/// What a node is in a group.
public enum Membership {
    /// It is not in the group.
    NONE,
    /// It gets all data and does not vote.
    LEARNER,
    /// It votes.
    VOTER
}
