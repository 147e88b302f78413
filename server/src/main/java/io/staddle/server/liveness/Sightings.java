package io.staddle.server.liveness;

import io.staddle.api.id.ClusterId;

import java.util.Map;

/// What a cluster says, with a beat, of which others it reaches.
///
/// @param reachable by cluster; what it says nothing of is not there
public record Sightings(Map<ClusterId, Boolean> reachable) {
    /// Nothing is said.
    public static final Sightings NONE = new Sightings(Map.of());

    /// Copies the map.
    public Sightings {
        reachable = Map.copyOf(reachable);
    }
}
