package io.staddle.api.model;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

/// What an operator says about a cluster.
///
/// @param region where it is; at most 128 characters, may be empty
/// @param endpoint where its members are reached; at most 256 characters, may be empty
/// @param tierRank lower is asked first when a successor is chosen; 0 to 1,000
/// @param primaryEligible whether it may become the primary
public record ClusterProfile(
        String region, String endpoint, int tierRank, boolean primaryEligible) {
    /// Refuses what can never be right.
    ///
    /// @throws MalformedException if a text is too long or the rank out of range
    public ClusterProfile {
        check("region", "at most 128 characters", region, region.length() <= 128);
        check("endpoint", "at most 256 characters", endpoint, endpoint.length() <= 256);
        boolean inRange = tierRank >= 0 && tierRank <= 1_000;
        check("tier rank", "0 to 1000", Integer.toString(tierRank), inRange);
    }

    private static void check(String field, String expected, String found, boolean right) {
        if (!right) {
            throw new MalformedException(new Expectation(field, expected, found));
        }
    }
}
