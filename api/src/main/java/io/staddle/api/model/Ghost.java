package io.staddle.api.model;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;

/// The stub that sends callers on from the node that served a vShard to the one that serves it.
///
/// @param source where callers may still come
/// @param target where they are sent
/// @param epoch the vShard's, under the target
/// @param references how many still need it; 0 is none, and then it is gone
/// @param migration whose cut-over made it
/// @param createdMillis in logical time
/// @param version grows with each change
public record Ghost(
        VShardId vShard,
        NodeId source,
        NodeId target,
        GroupId group,
        Epoch epoch,
        long references,
        MigrationId migration,
        long createdMillis,
        long version) {
    /// Returns it as it sends callers to another node.
    public Ghost leadingTo(NodeId node, GroupId in, Epoch since) {
        return new Ghost(
                vShard, source, node, in, since, references, migration, createdMillis, version + 1);
    }

    /// Returns it with another number of references.
    public Ghost needed(long by) {
        return new Ghost(
                vShard, source, target, group, epoch, by, migration, createdMillis, version + 1);
    }
}
