package io.staddle.statemachine.restore;

import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.PreState;
import io.staddle.api.model.Removal;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.state.GhostPlace;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;

/// Raises what data nodes are fenced with.
final class RoutingRaiseProjection {
    private RoutingRaiseProjection() {}

    static void raise(Batch batch, long by) {
        batch.values(Schema.V_SHARDS)
                .forEach(each -> batch.update(Schema.V_SHARDS, each.id(), raised(each, by)));
        batch.values(Schema.GROUPS)
                .forEach(each -> batch.update(Schema.GROUPS, each.id(), raised(each, by)));
        batch.values(Schema.MIGRATIONS)
                .forEach(each -> batch.update(Schema.MIGRATIONS, each.id(), raised(each, by)));
        batch.values(Schema.GHOSTS)
                .forEach(each ->
                        batch.update(
                                Schema.GHOSTS,
                                new GhostPlace(each.vShard(), each.source()),
                                raised(each, by)));
    }

    /// A migration that goes on keeps its number: the data plane may have fenced it meanwhile, and
    /// then it comes to nothing. The next one has a number that was never given out.
    private static VShardRecord raised(VShardRecord vShard, long by) {
        return new VShardRecord(
                vShard.id(),
                vShard.group(),
                vShard.leaseholder(),
                vShard.epoch().shifted(by),
                vShard.writes(),
                vShard.engagement(),
                vShard.migrations() + by,
                vShard.changed());
    }

    /// What nodes said that they put into effect stays: they have to say it again.
    private static GroupRecord raised(GroupRecord group, long by) {
        return new GroupRecord(
                group.id(),
                group.voters(),
                group.learners(),
                group.leader(),
                group.leaderTerm(),
                group.replicationFactor(),
                group.configVersion() + by,
                group.observed(),
                group.removals().stream()
                        .map(each -> new Removal(each.node(), each.configVersion() + by))
                        .toList(),
                group.changed());
    }

    private static MigrationRecord raised(MigrationRecord migration, long by) {
        PreState before = migration.before();
        return new MigrationRecord(
                migration.header(),
                new PreState(before.target(), before.leader(), before.epoch().shifted(by)),
                migration.stage(),
                migration.progress(),
                migration.undo(),
                migration.pauseMicros(),
                migration.end(),
                migration.fenced());
    }

    private static Ghost raised(Ghost ghost, long by) {
        return new Ghost(
                ghost.vShard(),
                ghost.source(),
                ghost.target(),
                ghost.group(),
                ghost.epoch().shifted(by),
                ghost.references(),
                ghost.migration(),
                ghost.createdMillis(),
                ghost.version());
    }
}
