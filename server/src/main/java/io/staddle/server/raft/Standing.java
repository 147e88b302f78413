package io.staddle.server.raft;

import io.staddle.api.id.ServerId;

import java.util.Optional;

/// What a server knows of itself and the others.
///
/// @param leader who leads, if that is known
/// @param leaderReady whether this server leads and has applied an entry of its own term
/// @param millisSinceLeaderHeard 0 on a ready leader, -1 if unknown
/// @param snapshotIndex the last entry in the newest snapshot; -1 for none
public record Standing(
        Role role,
        long term,
        Optional<ServerId> leader,
        boolean leaderReady,
        Progress progress,
        long millisSinceLeaderHeard,
        long snapshotIndex) {

    /// Returns the last entry that is known to be committed.
    public long commitIndex() {
        return progress.commitIndex();
    }

    /// Returns the last entry that was applied here.
    public long appliedIndex() {
        return progress.appliedIndex();
    }
}
