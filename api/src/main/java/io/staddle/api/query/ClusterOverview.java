package io.staddle.api.query;

import io.staddle.api.model.Pause;
import io.staddle.api.model.Primacy;

import java.util.List;
import java.util.Optional;

/// All clusters of one state.
///
/// @param clusters by id
/// @param pause set if automation is paused for all of them
public record ClusterOverview(
        List<ClusterSummary> clusters, Primacy primacy, Optional<Pause> pause) {
    /// Copies the list.
    public ClusterOverview {
        clusters = List.copyOf(clusters);
    }
}
