package io.staddle.client;

import io.staddle.api.model.Move;
import io.staddle.api.refusal.Refusal;

/// What a failover, a fail-back or an evacuation would do now. Nothing was changed.
public sealed interface Preview {
    /// It would be accepted.
    record Accepted(Move move) implements Preview {}

    /// It would be refused.
    record Refused(Refusal why) implements Preview {}
}
