package io.staddle.api.model;

import java.util.List;

/// Why a cluster is taken to be out of reach: what the leader and other clusters saw.
///
/// @param lastSeenMillis when the leader heard it last, in the time that it stamps entries with; if
///     it never did, since when it leads
/// @param observations what others say, by observer
public record Suspicion(long lastSeenMillis, List<Observation> observations) {
    /// Copies the list.
    public Suspicion {
        observations = List.copyOf(observations);
    }
}
