package io.staddle.api.model;

import io.staddle.api.id.NodeId;

/// What a migration waits for, at which node, since when.
///
/// @param value of the condition: a configuration version, a lag, a fencing number; else 0
/// @param sinceMillis in logical time
public record Waiting(NodeId node, WaitCondition condition, long value, long sinceMillis) {}
