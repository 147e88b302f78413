package io.staddle.api.query;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;

/// A vShard that should move.
///
/// @param targetIs what the target is in the group now: a voter has the data already
/// @param relieved the node that is to have less by it
public record PlannedShift(
        VShardId vShard,
        GroupId group,
        NodeId source,
        NodeId target,
        Membership targetIs,
        ShiftReason why,
        NodeId relieved) {}
