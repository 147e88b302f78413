package io.staddle.api.model;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.NodeId;

import java.util.Optional;

/// How things stood before a migration, so that an abort can bring them back.
///
/// @param target what the target was in the group
/// @param leader who led the group, as far as was known
/// @param epoch the vShard's
public record PreState(Membership target, Optional<NodeId> leader, Epoch epoch) {}
