package io.staddle.api.query;

import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationRecord;

import java.util.List;

/// A migration and what its steps were decided on.
///
/// @param checkpoints from the first step
public record MigrationDetails(MigrationRecord migration, List<MigrationCheckpoint> checkpoints) {
    /// Copies the list.
    public MigrationDetails {
        checkpoints = List.copyOf(checkpoints);
    }
}
