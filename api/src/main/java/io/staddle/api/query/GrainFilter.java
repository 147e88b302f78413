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

    /// Grains that a cluster owns.
    sealed interface Owned extends GrainFilter {
        /// The cluster.
        ClusterId owner();
    }

    /// The grains that a cluster owns, by holding, then key.
    record OwnedBy(ClusterId owner) implements Owned {}

    /// The grains of a type that a cluster owns, by holding, then key.
    record OwnedOfType(ClusterId owner, GrainType type) implements Owned {}

    /// Of the grains that a cluster owns those in some buckets, by holding, then key. To find them
    /// costs what a list of all that it owns does.
    record OwnedIn(Owned owned, GrainBuckets buckets) implements GrainFilter {}
}
