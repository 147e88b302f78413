package io.staddle.api.model;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;

/// What a migration is about. It never changes.
///
/// @param source who serves the vShard before
/// @param target who is to serve it
/// @param targetIncarnation the life of the target that is meant: no other will do
/// @param movesLeader whether the target is to lead the group, too
/// @param budgetMicros for how long writes may be paused
/// @param number its place among the migrations of the vShard: the fencing token at the data plane
/// @param attempt 1, and one more with each retry
/// @param startedMillis in logical time
public record MigrationHeader(
        MigrationId id,
        VShardId vShard,
        NodeId source,
        NodeId target,
        long targetIncarnation,
        GroupId group,
        boolean movesLeader,
        long budgetMicros,
        long number,
        int attempt,
        long startedMillis) {}
