package io.staddle.api.query;

import io.staddle.api.model.ClusterRecord;

/// A cluster and how many grains it owns.
public record ClusterSummary(ClusterRecord cluster, long grains) {}
