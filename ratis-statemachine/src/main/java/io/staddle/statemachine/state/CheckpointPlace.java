package io.staddle.statemachine.state;

import io.staddle.api.id.MigrationId;

/// The place of a step of a migration, from 1.
public record CheckpointPlace(MigrationId migration, long phaseVersion) {}
