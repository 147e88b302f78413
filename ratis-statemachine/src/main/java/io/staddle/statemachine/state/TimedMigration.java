package io.staddle.statemachine.state;

import io.staddle.api.id.MigrationId;

/// A migration, by when it ended.
public record TimedMigration(long atMillis, MigrationId migration) {}
