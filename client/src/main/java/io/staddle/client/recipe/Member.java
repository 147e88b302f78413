package io.staddle.client.recipe;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;

import java.time.Duration;

/// Who is a member of what.
///
/// @param group the group, which is a type of grains of its own
/// @param name the member's; nobody else may have it
/// @param cluster the member's
/// @param lease for how long it counts as a member when it falls silent; 1 s or more
public record Member(GrainType group, String name, ClusterId cluster, Duration lease) {
    /// Refuses a lease that is too short to be renewed.
    public Member {
        if (lease.toMillis() < 1_000) {
            throw new IllegalArgumentException("lease must be 1 s or more, but is " + lease);
        }
    }

    GrainId grain() {
        return new GrainId(group, name);
    }
}
