package io.staddle.client.migration;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationRecord;

/// What one attempt to move a vShard is about. It never changes.
///
/// @param number the place of the attempt among those of the vShard: its fencing number
/// @param source who serves the vShard before
/// @param target who is to serve it
/// @param before what the target was in the group before the attempt
/// @param epoch of the vShard before; one more once it has moved
public record Move(
        MigrationId id,
        long number,
        VShardId vShard,
        GroupId group,
        NodeId source,
        NodeId target,
        Membership before,
        Epoch epoch) {
    /// Returns what a migration is about.
    public static Move of(MigrationRecord migration) {
        return new Move(
                migration.id(),
                migration.header().number(),
                migration.header().vShard(),
                migration.header().group(),
                migration.header().source(),
                migration.header().target(),
                migration.before().target(),
                migration.before().epoch());
    }

    /// Returns who serves the vShard if the move is undone.
    public Serving undone() {
        return new Serving(source, epoch);
    }

    /// Returns who serves the vShard once it has moved.
    public Serving moved() {
        return new Serving(target, epoch.next());
    }
}
