package io.staddle.client;

import io.staddle.api.query.MovePlan;
import io.staddle.api.refusal.Refusal;

/// What a move would do now. Nothing was changed.
public sealed interface Preview {
    /// There is a plan, and it says what holds the move back now.
    record Planned(MovePlan plan) implements Preview {}

    /// There is nothing to plan, as for a cluster that is not known.
    record Refused(Refusal why) implements Preview {}
}
