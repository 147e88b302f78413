package io.staddle.api.command;

import com.google.protobuf.ByteString;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.MigrationPhase;

/// Commands about migrations: moves of vShards from node to node, in steps that are each committed.
///
/// A step is bound to the number of steps before it. Repeated it changes nothing; a step that comes
/// late is refused with `PHASE_CONFLICT`.
public sealed interface MigrationCommand extends Command {
    /// Which migration it is about.
    MigrationId id();

    /// Begins to move a vShard: the target joins the group as a learner, unless it is a member.
    ///
    /// @param targetIncarnation the life of the target that is meant
    /// @param budgetMicros for how long writes may be paused; 1 to an hour
    /// @param movesLeader whether the target is to lead the group, too
    /// @param seenEpoch the vShard's epoch last seen
    record StartMigration(
            MigrationId id,
            VShardId vShard,
            NodeId target,
            long targetIncarnation,
            long budgetMicros,
            boolean movesLeader,
            Epoch seenEpoch)
            implements MigrationCommand {
        /// The longest pause that can be allowed.
        public static final long BUDGET_MICROS_MAX = 3_600_000_000L;

        /// Refuses numbers that can never be right.
        public StartMigration {
            Checks.positive("target incarnation", targetIncarnation);
            Checks.inRange("budget micros", budgetMicros, 1, BUDGET_MICROS_MAX);
        }
    }

    /// Says how far the target has got. Indexes that are lower than before change nothing.
    ///
    /// @param seenPhaseVersion the step that the data plane had put into effect when it looked: so
    ///     the last index after writes were paused is told from one before
    /// @param sourceIndex the last entry at the source; 0 if unknown
    /// @param targetIndex the last entry at the target; 0 if unknown
    /// @param estimatedPauseMicros for how long writes would have to be paused
    record ReportProgress(
            MigrationId id,
            long seenPhaseVersion,
            long targetIncarnation,
            long sourceIndex,
            long targetIndex,
            long estimatedPauseMicros)
            implements MigrationCommand {
        /// Refuses negative numbers.
        public ReportProgress {
            Checks.notNegative("source index", sourceIndex);
            Checks.notNegative("target index", targetIndex);
            Checks.notNegative("estimated pause micros", estimatedPauseMicros);
        }
    }

    /// Takes the next step up to LEADERSHIP_TRANSFER. Only by the leader.
    ///
    /// @param to CATCH_UP, PROMOTE_LEARNER or LEADERSHIP_TRANSFER
    /// @param payload what it was decided on, at most [#PAYLOAD_MAX] bytes; kept for audit
    /// @param checksum CRC-32C of the payload, unsigned
    record CheckpointMigration(
            MigrationId id,
            MigrationPhase to,
            ByteString payload,
            long checksum,
            long seenPhaseVersion)
            implements MigrationCommand {
        /// How long a payload may be.
        public static final int PAYLOAD_MAX = 16 << 10;

        /// Refuses a payload that is too long, and a phase that no checkpoint leads to.
        public CheckpointMigration {
            Checks.inRange("bytes of payload", payload.size(), 0, PAYLOAD_MAX);
            Checks.expect(
                    to.isBeforeCutover() && to != MigrationPhase.ADD_LEARNER,
                    "to",
                    "CATCH_UP, PROMOTE_LEARNER or LEADERSHIP_TRANSFER",
                    to);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }

    /// Makes the target the leaseholder, in one entry, while writes are paused and the target has
    /// the last of them. Only by the leader.
    ///
    /// @param seenEpoch the vShard's epoch last seen
    record CutoverMigration(MigrationId id, long seenPhaseVersion, Epoch seenEpoch)
            implements MigrationCommand {
        @Override
        public boolean isOfLeader() {
            return true;
        }
    }

    /// Finishes a migration that was cut over and is fenced at the data plane. Only by the leader.
    ///
    /// @param actualPauseMicros for how long writes were paused
    record CompleteMigration(MigrationId id, long actualPauseMicros, long seenPhaseVersion)
            implements MigrationCommand {
        /// Refuses a pause that ended before it began.
        public CompleteMigration {
            Checks.notNegative("actual pause micros", actualPauseMicros);
        }

        @Override
        public boolean isOfLeader() {
            return true;
        }
    }

    /// Undoes a migration as a whole, in one entry, unless it was cut over.
    ///
    /// @param reason what an operator says about it, 1 to 512 characters; empty if the leader
    ///     decides
    record AbortMigration(MigrationId id, AbortCode code, String reason, long seenPhaseVersion)
            implements MigrationCommand {
        /// Refuses a reason that is none.
        public AbortMigration {
            int min = code.isAutomatic() ? 0 : 1;
            Checks.inRange("length of reason", reason.length(), min, 512);
        }

        @Override
        public boolean isOfLeader() {
            return code.isAutomatic();
        }
    }

    /// Begins an aborted migration anew, with the target as it is now.
    ///
    /// @param newId what the new attempt is called
    /// @param seenEpoch the vShard's epoch last seen
    record RetryMigration(MigrationId id, MigrationId newId, Epoch seenEpoch)
            implements MigrationCommand {}

    /// Says that the data plane refuses whatever this migration, and those before it, may still
    /// send: a migration that was cut over can be completed then, and one that was aborted is
    /// over there, too.
    ///
    /// @param node a voter of the group, for which that holds
    record ConfirmFence(MigrationId id, NodeId node) implements MigrationCommand {}
}
