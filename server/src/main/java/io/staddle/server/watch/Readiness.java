package io.staddle.server.watch;

import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Standing;

import java.util.concurrent.atomic.AtomicBoolean;

/// Says whether this server should get calls.
public final class Readiness {
    private static final long SILENCE_MILLIS_MAX = 2_000;
    private static final long LAG_MAX = 10_000;

    private final Quorum quorum;
    private final AtomicBoolean stopping = new AtomicBoolean();

    /// Judges by what the quorum says.
    public Readiness(Quorum quorum) {
        this.quorum = quorum;
    }

    /// Tells whether it leads and can serve, or follows a leader that it heard lately and is not
    /// far behind.
    public boolean isReady() {
        return !stopping.get() && isReady(quorum.standing());
    }

    /// Makes it not ready for good.
    public void stopping() {
        stopping.set(true);
    }

    private static boolean isReady(Standing standing) {
        return switch (standing.role()) {
            case LEADER -> standing.leaderReady();
            case FOLLOWER -> isInTouch(standing);
            case CANDIDATE, STOPPED -> false;
        };
    }

    private static boolean isInTouch(Standing standing) {
        long heard = standing.millisSinceLeaderHeard();
        return heard >= 0
                && heard <= SILENCE_MILLIS_MAX
                && standing.commitIndex() - standing.appliedIndex() <= LAG_MAX;
    }
}
