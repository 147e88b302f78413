package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;

/// What a holder claims to hold: the question of a fence check.
public record Held(GrainId grain, ClusterId holder, Epoch epoch) {
    /// Returns what the holder of `grant` holds.
    public static Held by(Answer.Grant grant) {
        return new Held(grant.grain(), grant.owner(), grant.epoch());
    }
}
