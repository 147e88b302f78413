package io.staddle.statemachine.migration;

import io.staddle.api.event.MigrationEvent;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.CheckpointPlace;
import io.staddle.statemachine.state.GhostPlace;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.TimedMigration;
import io.staddle.storage.Batch;

/// Records what happened to migrations and ghosts. It never refuses.
public final class MigrationProjection {
    private MigrationProjection() {}

    /// Records one event.
    public static void record(MigrationEvent event, Batch batch, Tick tick) {
        switch (event) {
            case MigrationEvent.MigrationStarted(var migration, var checkpoint) ->
                    started(migration, checkpoint, batch, tick);
            case MigrationEvent.ProgressReported(var id, var progress) -> {
                MigrationRecord before = batch.get(Schema.MIGRATIONS, id).orElseThrow();
                batch.update(Schema.MIGRATIONS, id, before.progressed(progress));
            }
            case MigrationEvent.PhaseEntered(_, var migration, var checkpoint) -> {
                batch.update(Schema.MIGRATIONS, migration.id(), migration);
                put(migration.id(), checkpoint, batch);
            }
            case MigrationEvent.WritesPaused(_, var vShard) ->
                    batch.update(Schema.V_SHARDS, vShard.id(), vShard);
            case MigrationEvent.WritesResumed(_, var vShard) ->
                    batch.update(Schema.V_SHARDS, vShard.id(), vShard);
            case MigrationEvent.MigrationCompleted(var migration, var checkpoint) -> {
                put(migration.id(), checkpoint, batch);
                over(migration, batch, tick);
            }
            case MigrationEvent.MigrationAborted(var migration, var checkpoint) -> {
                batch.update(Schema.MIGRATIONS, migration.id(), migration);
                put(migration.id(), checkpoint, batch);
                engage(migration, new Engagement.Unfenced(migration.id()), batch, tick);
            }
            case MigrationEvent.FenceConfirmed(NodeId _, var migration) ->
                    fenced(migration, batch, tick);
            case MigrationEvent.MigrationsForgotten(var migrations) ->
                    migrations.forEach(id -> forget(id, batch));
            case MigrationEvent.GhostInstalled(var ghost) ->
                    batch.put(Schema.GHOSTS, GhostPlace.of(ghost), ghost);
            case MigrationEvent.GhostAdjusted(var ghost) ->
                    batch.update(Schema.GHOSTS, GhostPlace.of(ghost), ghost);
            case MigrationEvent.GhostPurged(var ghost) ->
                    batch.delete(Schema.GHOSTS, GhostPlace.of(ghost));
            // This is for history.
            case MigrationEvent.CompensationApplied _ -> {}
        }
    }

    private static void started(
            MigrationRecord migration, MigrationCheckpoint checkpoint, Batch batch, Tick tick) {
        batch.insert(Schema.MIGRATIONS, migration.id(), migration);
        put(migration.id(), checkpoint, batch);
        VShardRecord vShard = vShard(migration, batch);
        batch.update(
                Schema.V_SHARDS, vShard.id(), vShard.migrating(migration.header(), tick.since()));
    }

    private static void fenced(MigrationRecord migration, Batch batch, Tick tick) {
        if (migration.phase() == MigrationPhase.ABORTED) {
            over(migration, batch, tick);
        } else {
            batch.update(Schema.MIGRATIONS, migration.id(), migration);
        }
    }

    private static void over(MigrationRecord migration, Batch batch, Tick tick) {
        batch.delete(Schema.MIGRATIONS, migration.id());
        batch.insert(Schema.FINISHED_MIGRATIONS, migration.id(), migration);
        batch.put(Schema.MIGRATION_ENDS, end(migration));
        engage(migration, new Engagement.Free(), batch, tick);
    }

    private static void engage(
            MigrationRecord migration, Engagement engagement, Batch batch, Tick tick) {
        VShardRecord vShard = vShard(migration, batch);
        batch.update(Schema.V_SHARDS, vShard.id(), vShard.engaged(engagement, tick.since()));
    }

    private static void forget(MigrationId id, Batch batch) {
        MigrationRecord migration = batch.get(Schema.FINISHED_MIGRATIONS, id).orElseThrow();
        batch.delete(Schema.FINISHED_MIGRATIONS, id);
        batch.remove(Schema.MIGRATION_ENDS, end(migration));
        for (long step = 1; step <= migration.stage().phaseVersion(); step++) {
            batch.delete(Schema.MIGRATION_CHECKPOINTS, new CheckpointPlace(id, step));
        }
    }

    private static TimedMigration end(MigrationRecord migration) {
        return new TimedMigration(migration.stage().sinceMillis(), migration.id());
    }

    private static void put(MigrationId id, MigrationCheckpoint checkpoint, Batch batch) {
        batch.insert(
                Schema.MIGRATION_CHECKPOINTS,
                new CheckpointPlace(id, checkpoint.phaseVersion()),
                checkpoint);
    }

    private static VShardRecord vShard(MigrationRecord migration, Batch batch) {
        return batch.get(Schema.V_SHARDS, migration.header().vShard()).orElseThrow();
    }
}
