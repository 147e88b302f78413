package io.staddle.api.query;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;

/// Which grains to list.
public sealed interface GrainFilter {
    /// All grains, by type and key, whatever their state.
    record All() implements GrainFilter {}

    /// The grains of a type whose key starts with `keyPrefix`, whatever their state.
    ///
    /// @param keyPrefix may be empty
    record OfType(GrainType type, String keyPrefix) implements GrainFilter {}

    /// The grains that a cluster owns, by holding, then key.
    record OwnedBy(ClusterId owner) implements GrainFilter {}

    /// The grains of a type that a cluster owns, by holding, then key.
    record OwnedOfType(ClusterId owner, GrainType type) implements GrainFilter {}
}
