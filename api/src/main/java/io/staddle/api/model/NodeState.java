package io.staddle.api.model;

/// How far a data node takes part.
public enum NodeState {
    /// It has registered; nothing is given to it.
    JOINING,
    /// It may learn, and serves nothing yet.
    LEARNER,
    /// It may hold replicas and serve vShards.
    ACTIVE,
    /// It leaves: it keeps what it has until that has moved, and gets nothing new.
    DRAINING,
    /// It has left, and can be forgotten.
    DECOMMISSIONED;

    /// Tells whether a node may go from this state to `next`.
    public boolean leadsTo(NodeState next) {
        return switch (this) {
            case JOINING -> next == LEARNER || next == ACTIVE;
            case LEARNER -> next == ACTIVE;
            case ACTIVE -> next == DRAINING;
            case DRAINING -> next == ACTIVE || next == DECOMMISSIONED;
            case DECOMMISSIONED -> false;
        };
    }
}
