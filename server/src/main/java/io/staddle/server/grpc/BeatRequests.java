package io.staddle.server.grpc;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.model.Beat;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.Sighting;
import io.staddle.server.liveness.Sightings;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Decodes beats. What can never be right is a [MalformedException].
final class BeatRequests {
    private static final int SIGHTINGS_MAX = 1_000;

    private BeatRequests() {}

    static Beat beat(BeatRequest request, long nowMillis) {
        return new Beat(
                new ClusterId(request.getCluster()),
                request.getIncarnation(),
                new Fence(request.getAckedFence()),
                request.hasLagMillis()
                        ? OptionalLong.of(request.getLagMillis())
                        : OptionalLong.empty(),
                nowMillis);
    }

    /// Refuses what can never be right.
    ///
    /// @throws MalformedException then
    static void check(BeatRequest request) {
        beat(request, 0);
        sightings(request);
    }

    static Sightings sightings(BeatRequest request) {
        int count = request.getSightingsCount();
        if (count == 0) {
            return Sightings.NONE;
        }
        if (count > SIGHTINGS_MAX) {
            throw new MalformedException(
                    new Expectation(
                            "sightings", "at most " + SIGHTINGS_MAX, Integer.toString(count)));
        }
        Map<ClusterId, Boolean> reachable = new HashMap<>();
        for (Sighting each : request.getSightingsList()) {
            reachable.put(new ClusterId(each.getCluster()), each.getReachable());
        }
        return new Sightings(reachable);
    }
}
