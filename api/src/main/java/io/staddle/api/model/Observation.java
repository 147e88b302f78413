package io.staddle.api.model;

import io.staddle.api.id.ClusterId;

/// What a cluster says of whether it reaches another.
///
/// @param atMillis when it said so, in the time that the leader stamps entries with
public record Observation(ClusterId observer, boolean reachable, long atMillis) {}
