package io.staddle.server.task;

import io.staddle.server.raft.Quorum;
import io.staddle.storage.View;

import java.time.Duration;

/// Sees to it that history knows who is in the quorum: where the leader that changed it was lost
/// before it could note that, where none of them could note anything yet, and where Raft changed it
/// by itself.
///
/// Whoever changes the quorum notes it at once; this finds nothing to do then.
public final class MemberNoter implements LeaderTask {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Quorum quorum;

    /// @param quorum proposes the note, for whoever asked for the change
    public MemberNoter(Quorum quorum) {
        this.quorum = quorum;
    }

    @Override
    public String name() {
        return "member-noter";
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public void run(View view, Proposer proposer) {
        var _ = quorum.noteMembers();
    }
}
