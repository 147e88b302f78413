package io.staddle.server.raft;

/// What a server is in the quorum.
public enum Role {
    /// It leads.
    LEADER,
    /// It stands for election.
    CANDIDATE,
    /// It follows.
    FOLLOWER,
    /// It gets the log and does not count: it is being added.
    LISTENER,
    /// It takes no part: it starts, or has stopped.
    STOPPED
}
