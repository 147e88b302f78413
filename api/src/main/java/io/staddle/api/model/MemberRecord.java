package io.staddle.api.model;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.ServerId;

/// A server of the quorum, as history knows it. Nothing is decided by it: who counts for a majority
/// stands in Raft's configuration.
///
/// @param votes whether it counts; one that is being added listens until it has caught up
/// @param priority the highest of those who have everything leads; 0 or more
public record MemberRecord(ServerId server, boolean votes, int priority) {
    /// Refuses a priority below 0.
    public MemberRecord {
        if (priority < 0) {
            throw new MalformedException(
                    new Expectation("priority", "0 or more", Integer.toString(priority)));
        }
    }
}
