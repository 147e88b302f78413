package io.staddle.api.model;

import java.util.List;

/// The health of a cluster, as it is replicated. Between two transitions nothing is logged: the
/// beats of a healthy cluster are soft state of the leader.
///
/// @param sinceMillis logical time in milliseconds since 1970
/// @param recoveryBeats beats since it is RECOVERING
/// @param noted what was found to hold its failover back, in this state; sorted and unique
public record ClusterHealth(
        ClusterState state, long sinceMillis, int recoveryBeats, List<FailoverBlocker> noted) {
    /// Sorts what was noted.
    public ClusterHealth {
        noted = noted.stream().distinct().sorted().toList();
    }

    /// Returns the health of a cluster that has come into a state just now.
    public static ClusterHealth of(ClusterState state, long atMillis) {
        return new ClusterHealth(state, atMillis, 0, List.of());
    }
}
