package io.staddle.server.raft;

import io.staddle.api.id.ServerId;
import io.staddle.server.config.ServerAddress;

/// A server of the quorum.
///
/// @param votes whether it counts; one that is being added listens until it has caught up
/// @param priority the highest of those who have everything leads
public record Member(ServerAddress address, boolean votes, int priority) {
    /// Returns its name.
    public ServerId id() {
        return address.id();
    }
}
