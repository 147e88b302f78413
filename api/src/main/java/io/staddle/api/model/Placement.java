package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;

import java.util.List;

/// The clusters that may own grains of a type.
///
/// @param allowed sorted and unique; empty means any
/// @param version grows with every change; 0 if it was never set
public record Placement(GrainType type, List<ClusterId> allowed, long version) {
    /// Sorts the clusters.
    public Placement {
        allowed = allowed.stream().distinct().sorted().toList();
    }

    /// Returns the placement of a type for which none was set.
    public static Placement anywhere(GrainType type) {
        return new Placement(type, List.of(), 0);
    }

    /// Tells whether `cluster` may own grains of this type.
    public boolean allows(ClusterId cluster) {
        return allowed.isEmpty() || allowed.contains(cluster);
    }
}
