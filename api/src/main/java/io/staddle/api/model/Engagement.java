package io.staddle.api.model;

import io.staddle.api.id.MigrationId;

/// Whether a vShard can start to migrate.
public sealed interface Engagement {
    /// It can.
    record Free() implements Engagement {}

    /// It migrates.
    record Migrating(MigrationId migration) implements Engagement {}

    /// Its last migration was aborted, and the data plane does not refuse its messages yet.
    record Unfenced(MigrationId migration) implements Engagement {}
}
