package io.staddle.server.raft;

import java.io.Serial;

/// Says that no majority answered in time, or that leadership was lost meanwhile. What was proposed
/// may still be decided.
public final class QuorumUnavailableException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    /// Creates it with what was waited for.
    public QuorumUnavailableException(String message) {
        super(message, null, false, false);
    }
}
