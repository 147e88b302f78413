package io.staddle.statemachine.decision;

import io.staddle.api.id.Revision;
import io.staddle.api.model.Since;

/// When a command is decided: all that rules know of time.
///
/// @param revision the command's place in the log
/// @param nowMillis logical time in milliseconds since 1970; never goes back along the log
public record Tick(Revision revision, long nowMillis) {
    /// Returns now, as records keep it.
    public Since since() {
        return new Since(revision, nowMillis);
    }
}
