package io.staddle.server.raft;

import io.staddle.server.config.ServerAddress;

import java.io.Serial;
import java.util.Optional;

/// Says that another server leads, and that surely nothing was appended.
public final class NotLeaderException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final transient Optional<ServerAddress> leader;

    /// Creates it with the leader, if it is known.
    public NotLeaderException(Optional<ServerAddress> leader) {
        super("this server does not lead", null, false, false);
        this.leader = leader;
    }

    /// Returns the leader; empty if none is known.
    public Optional<ServerAddress> leader() {
        return leader;
    }
}
