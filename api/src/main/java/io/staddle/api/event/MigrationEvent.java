package io.staddle.api.event;

import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.Compensation;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationProgress;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.VShardRecord;

import java.util.List;

/// What happened to migrations and their ghosts.
public sealed interface MigrationEvent extends Event {
    /// A vShard begins to move.
    record MigrationStarted(MigrationRecord migration, MigrationCheckpoint checkpoint)
            implements MigrationEvent {}

    /// The target has got further, or it was said again that it has not.
    record ProgressReported(MigrationId migration, MigrationProgress progress)
            implements MigrationEvent {}

    /// A step was taken.
    ///
    /// @param migration as it is now
    record PhaseEntered(
            MigrationPhase from, MigrationRecord migration, MigrationCheckpoint checkpoint)
            implements MigrationEvent {}

    /// A vShard takes no writes.
    record WritesPaused(MigrationId migration, VShardRecord vShard) implements MigrationEvent {}

    /// A vShard takes writes again.
    record WritesResumed(MigrationId migration, VShardRecord vShard) implements MigrationEvent {}

    /// One effect of a migration was undone; what that changed stands in the events beside it.
    record CompensationApplied(MigrationId migration, Compensation compensation)
            implements MigrationEvent {}

    /// The target serves the vShard, and nothing is left to do.
    record MigrationCompleted(MigrationRecord migration, MigrationCheckpoint checkpoint)
            implements MigrationEvent {}

    /// Everything is as it was before.
    record MigrationAborted(MigrationRecord migration, MigrationCheckpoint checkpoint)
            implements MigrationEvent {}

    /// The data plane refuses what the migration may still send.
    ///
    /// @param node who said so
    record FenceConfirmed(NodeId node, MigrationRecord migration) implements MigrationEvent {}

    /// Migrations that ended long ago were forgotten.
    record MigrationsForgotten(List<MigrationId> migrations) implements MigrationEvent {
        /// Copies the list.
        public MigrationsForgotten {
            migrations = List.copyOf(migrations);
        }
    }

    /// Callers are sent on from now on.
    record GhostInstalled(Ghost ghost) implements MigrationEvent {}

    /// More or fewer need a ghost.
    record GhostAdjusted(Ghost ghost) implements MigrationEvent {}

    /// Nobody needs a ghost any more, or its node serves the vShard again.
    record GhostPurged(Ghost ghost) implements MigrationEvent {}
}
