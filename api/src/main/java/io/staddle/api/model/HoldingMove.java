package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.HoldingId;

/// What a move does to one holding.
///
/// @param from its owner before; of a stranded one the cluster that failed
/// @param grains how many grains are in it
public record HoldingMove(
        HoldingId holding, GrainType type, ClusterId from, Fate fate, long grains) {

    /// What becomes of it.
    public sealed interface Fate {
        /// It gets a new owner.
        record To(ClusterId owner) implements Fate {}

        /// Nobody may own it: it is stranded.
        record Stranded(Obstacle why) implements Fate {}

        /// It stays where it is.
        record Kept(Obstacle why) implements Fate {}
    }
}
