package io.staddle.statemachine.decision;

import io.staddle.api.id.Revision;
import io.staddle.api.model.Since;

/// When a command is decided, and by whom: all that rules know of either.
///
/// @param revision the command's place in the log
/// @param nowMillis logical time in milliseconds since 1970; never goes back along the log
/// @param actor who asks, for records that say by whom; nothing is ever decided by it
public record Tick(Revision revision, long nowMillis, String actor) {
    /// Creates it for a question that nobody in particular asks.
    public Tick(Revision revision, long nowMillis) {
        this(revision, nowMillis, "");
    }

    /// Returns now, as records keep it.
    public Since since() {
        return new Since(revision, nowMillis);
    }
}
