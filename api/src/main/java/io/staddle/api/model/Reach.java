package io.staddle.api.model;

import io.staddle.api.id.ClusterId;

/// How far an order about automation reaches.
public sealed interface Reach {
    /// All clusters.
    record AllClusters() implements Reach {}

    /// One cluster.
    record OneCluster(ClusterId cluster) implements Reach {}

    /// All clusters.
    Reach ALL = new AllClusters();
}
