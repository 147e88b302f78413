package io.staddle.api.model;

import io.staddle.api.id.NodeId;

/// A sign of life of a data node, as its leader heard it.
///
/// @param seenAtMillis when, by the leader's clock
public record NodeBeat(NodeId node, long incarnation, long seenAtMillis) {}
