package io.staddle.api.model;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;

/// Who serves a vShard.
///
/// @param group who replicates it
/// @param leaseholder the one node that may serve it
/// @param epoch the fencing token of the leaseholder: grows each time there is another
/// @param changed when it was last changed
public record VShardRecord(
        VShardId id, GroupId group, NodeId leaseholder, Epoch epoch, Since changed) {
    /// Returns it with another leaseholder, in the next epoch.
    public VShardRecord assigned(GroupId to, NodeId holder, Since now) {
        return new VShardRecord(id, to, holder, epoch.next(), now);
    }
}
