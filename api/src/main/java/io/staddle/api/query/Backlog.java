package io.staddle.api.query;

import io.staddle.api.id.ClusterId;

/// How many writes wait for a cluster in its replay queue.
public record Backlog(ClusterId cluster, long entries) {}
