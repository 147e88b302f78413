package io.staddle.api.query;

import io.staddle.api.model.ClusterRecord;

/// A cluster, how many grains it owns, and how far its failover has got.
public record ClusterSummary(ClusterRecord cluster, long grains, FailoverPhase phase) {}
