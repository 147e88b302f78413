package io.staddle.api.model;

import io.staddle.api.id.NodeId;

/// A node that is in its group no more, and of which the data plane has not confirmed that yet: it
/// may still vote or learn there.
///
/// @param configVersion since which membership of the group it is so: the fencing token of the
///     removal at the data plane
public record Removal(NodeId node, long configVersion) {}
