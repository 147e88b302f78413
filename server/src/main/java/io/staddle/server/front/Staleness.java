package io.staddle.server.front;

import io.staddle.server.raft.Standing;

/// How far behind the leader the state of this server can be.
///
/// It counts from when the leader was last heard: what the leader said then took a moment to
/// arrive, which no server can measure, so ages are exact up to the delay of the network.
final class Staleness {
    private Staleness() {}

    /// Returns milliseconds, or -1 if that is unknown.
    static long ageMillis(Standing standing) {
        return hasAppliedAll(standing) ? standing.millisSinceLeaderHeard() : -1;
    }

    /// Tells whether the state here is known to be that fresh.
    static boolean isWithin(Standing standing, long maxAgeMillis) {
        return hasAppliedAll(standing) && isInTouch(standing, maxAgeMillis);
    }

    /// Tells whether the leader was heard that lately.
    static boolean isInTouch(Standing standing, long maxAgeMillis) {
        long heard = standing.millisSinceLeaderHeard();
        return heard >= 0 && heard <= maxAgeMillis;
    }

    private static boolean hasAppliedAll(Standing standing) {
        return standing.appliedIndex() >= standing.commitIndex();
    }
}
