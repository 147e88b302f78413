package io.staddle.statemachine.balance;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.query.ShiftReason;

/// One vShard that should move.
///
/// @param why what for
/// @param relieved the node that is to have less
record Shift(
        VShardId vShard,
        GroupId group,
        NodeId source,
        NodeId target,
        ShiftReason why,
        NodeId relieved) {}
