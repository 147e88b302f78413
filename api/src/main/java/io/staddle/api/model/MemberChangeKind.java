package io.staddle.api.model;

/// What became of a server in the quorum.
public enum MemberChangeKind {
    /// It listens: it gets the log, and does not count.
    LISTENS,
    /// It counts, and was not there before.
    ADDED,
    /// It counts, and listened before.
    PROMOTED,
    /// It listens, and counted before.
    DEMOTED,
    /// It is not there any more.
    REMOVED,
    /// It is preferred as the leader by another number.
    PRIORITY_CHANGED
}
