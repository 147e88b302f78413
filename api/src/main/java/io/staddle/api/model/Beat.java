package io.staddle.api.model;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

import java.util.OptionalLong;

/// A sign of life of a cluster.
///
/// @param incarnation what the cluster calls this life of its own, higher after a restart; 0 if it
///     does not say
/// @param ackedFence the highest fence that the cluster obeys
/// @param lagMillis how far its data is behind; empty if it does not say
/// @param seenAtMillis when it came, in the time that the leader stamps entries with
public record Beat(
        ClusterId cluster,
        long incarnation,
        Fence ackedFence,
        OptionalLong lagMillis,
        long seenAtMillis) {
    /// Refuses negative numbers.
    ///
    /// @throws MalformedException if there is one
    public Beat {
        check("incarnation", incarnation);
        check("lag millis", lagMillis.orElse(0));
        check("seen at millis", seenAtMillis);
    }

    private static void check(String field, long value) {
        if (value < 0) {
            throw new MalformedException(new Expectation(field, "0 or more", Long.toString(value)));
        }
    }
}
