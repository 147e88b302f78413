package io.staddle.api.query;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.AbortCode;

import java.util.Optional;

/// What a leader does about a migration.
///
/// @param code why it is aborted; empty unless it is
/// @param reason in words
public record RecoveryDecision(
        MigrationId migration, RecoveryAction action, Optional<AbortCode> code, String reason) {}
