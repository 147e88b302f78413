package io.staddle.statemachine.state;

import io.staddle.api.model.Primacy;
import io.staddle.storage.Reads;

/// The primary of a state.
public final class Primacies {
    private Primacies() {}

    /// Returns who is the primary.
    public static Primacy of(Reads view) {
        return view.get(Schema.PRIMACY, Schema.ONLY).orElse(Primacy.NONE);
    }
}
