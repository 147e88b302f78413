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
/// @param migrations how many migrations of it were started
/// @param changed when it was last changed
public record VShardRecord(
        VShardId id,
        GroupId group,
        NodeId leaseholder,
        Epoch epoch,
        Writes writes,
        Engagement engagement,
        long migrations,
        Since changed) {
    /// Returns a vShard that never migrated.
    public static VShardRecord fresh(VShardId id, GroupId group, NodeId leaseholder, Since now) {
        return fresh(id, group, leaseholder, 0, now);
    }

    /// Returns a vShard that never migrated in this deployment.
    ///
    /// @param above its epochs and migrations are counted from there: 0 unless the deployment was
    ///     restored from a backup
    public static VShardRecord fresh(
            VShardId id, GroupId group, NodeId leaseholder, long above, Since now) {
        return new VShardRecord(
                id,
                group,
                leaseholder,
                new Epoch(above).next(),
                new Writes.Open(),
                new Engagement.Free(),
                above,
                now);
    }

    /// Tells whether `node` serves it now, in that epoch.
    public boolean isHeldBy(NodeId node, Epoch of) {
        return leaseholder.equals(node) && epoch.equals(of);
    }

    /// Returns it with another leaseholder, in the next epoch, with writes open.
    public VShardRecord assigned(GroupId to, NodeId holder, Since now) {
        return new VShardRecord(
                id, to, holder, epoch.next(), new Writes.Open(), engagement, migrations, now);
    }

    /// Returns it taking writes, or not.
    public VShardRecord taking(Writes next, Since now) {
        return new VShardRecord(id, group, leaseholder, epoch, next, engagement, migrations, now);
    }

    /// Returns it in a migration, or out of one.
    public VShardRecord engaged(Engagement next, Since now) {
        return new VShardRecord(id, group, leaseholder, epoch, writes, next, migrations, now);
    }

    /// Returns it as its next migration begins.
    public VShardRecord migrating(MigrationHeader migration, Since now) {
        return new VShardRecord(
                id,
                group,
                leaseholder,
                epoch,
                writes,
                new Engagement.Migrating(migration.id()),
                migration.number(),
                now);
    }
}
