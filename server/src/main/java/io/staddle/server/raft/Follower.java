package io.staddle.server.raft;

import io.staddle.api.id.ServerId;

/// What a leader knows of another server, also of one that does not have the log yet.
///
/// @param matchIndex how far the log there is
/// @param silentMillis since when it has said nothing
public record Follower(ServerId id, long matchIndex, long silentMillis) {
    private static final long SILENT_MILLIS = 2_000;

    /// Tells whether it was heard lately; by a new leader, whether it was heard at all.
    public boolean isHeard() {
        return matchIndex >= 0 && silentMillis <= SILENT_MILLIS;
    }
}
