package io.staddle.statemachine.migration;

import com.google.protobuf.ByteString;

import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.MigrationCommand.CheckpointMigration;
import io.staddle.api.command.MigrationCommand.CompleteMigration;
import io.staddle.api.command.MigrationCommand.CutoverMigration;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;

import java.util.Optional;

/// The command that takes a migration one step further, whether or not it may be taken yet: that
/// the rules say.
public final class NextStep {
    private NextStep() {}

    /// Returns it; empty if the migration is over.
    public static Optional<MigrationCommand> of(MigrationRecord migration) {
        long seen = migration.stage().phaseVersion();
        return switch (migration.phase()) {
            case ADD_LEARNER ->
                    Optional.of(
                            checkpoint(
                                    migration,
                                    migration.before().target() == Membership.VOTER
                                            ? MigrationPhase.PROMOTE_LEARNER
                                            : MigrationPhase.CATCH_UP));
            case CATCH_UP -> Optional.of(checkpoint(migration, MigrationPhase.PROMOTE_LEARNER));
            case PROMOTE_LEARNER ->
                    Optional.of(checkpoint(migration, MigrationPhase.LEADERSHIP_TRANSFER));
            case LEADERSHIP_TRANSFER ->
                    Optional.of(
                            new CutoverMigration(migration.id(), seen, migration.before().epoch()));
            case CUTOVER ->
                    Optional.of(
                            new CompleteMigration(migration.id(), migration.pauseMicros(), seen));
            case COMPLETED, ABORTED -> Optional.empty();
        };
    }

    private static CheckpointMigration checkpoint(MigrationRecord migration, MigrationPhase to) {
        ByteString payload = Checkpoints.payload(migration);
        return new CheckpointMigration(
                migration.id(),
                to,
                payload,
                MigrationCheckpoint.checksumOf(payload),
                migration.stage().phaseVersion());
    }
}
