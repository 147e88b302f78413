package io.staddle.api.codec;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.refusal.Refusal;

import java.util.Map;
import java.util.Optional;

/// The facts of the refusals about migrations and ghosts by name, and back.
final class MigrationRefusalCodec {
    private MigrationRefusalCodec() {}

    static Map<String, String> facts(Refusal.OfMigration refusal) {
        return switch (refusal) {
            case Refusal.NodeSilent(var node, var silent, var max) ->
                    Map.of("node", node.value(), "silent", "" + silent, "max", "" + max);
            case Refusal.SameNode(var node) -> Map.of("node", node.value());
            case Refusal.MigrationInProgress(var id) -> Map.of("migration", id.value());
            case Refusal.NotFenced(var id) -> Map.of("migration", id.value());
            case Refusal.MigrationLimit(var limit, var used, var max) ->
                    Map.of("limit", limit, "used", "" + used, "max", "" + max);
            case Refusal.MigrationFinished(var id, var phase) ->
                    Map.of("migration", id.value(), "phase", phase.name());
            case Refusal.AbortNotDue(var id, var code) ->
                    Map.of("migration", id.value(), "code", code.name());
            case Refusal.ChecksumMismatch(var id, var said, var found) ->
                    Map.of("migration", id.value(), "said", "" + said, "found", "" + found);
            case Refusal.AttemptsExhausted(var id, var attempt, var max) ->
                    Map.of("migration", id.value(), "attempt", "" + attempt, "max", "" + max);
            case Refusal.GhostNotFound(var vShard, var source) ->
                    Map.of("vShard", vShard.toString(), "source", source.value());
            case Refusal.OfStep step -> factsOfStep(step);
        };
    }

    private static Map<String, String> factsOfStep(Refusal.OfStep refusal) {
        return switch (refusal) {
            case Refusal.PhaseConflict(var id, var phase, var seen, var current) ->
                    Map.of(
                            "migration",
                            id.value(),
                            "phase",
                            phase.name(),
                            "seen",
                            "" + seen,
                            "current",
                            "" + current);
            case Refusal.NotCaughtUp(var id, var lag, var max) ->
                    Map.of("migration", id.value(), "lag", "" + lag, "max", "" + max);
            case Refusal.ProgressStale(var id, var age, var max) ->
                    Map.of("migration", id.value(), "age", "" + age, "max", "" + max);
            case Refusal.NotObserved(var id, var node, var observed, var needed) ->
                    Map.of(
                            "migration",
                            id.value(),
                            "node",
                            node.value(),
                            "observed",
                            "" + observed,
                            "needed",
                            "" + needed);
            case Refusal.PauseBudgetExceeded(var id, var pause, var budget) ->
                    Map.of("migration", id.value(), "pause", "" + pause, "budget", "" + budget);
            case Refusal.CannotAbortAfterCutover(var id) -> Map.of("migration", id.value());
        };
    }

    /// Returns the refusal of that code; empty if it is not one of these.
    static Optional<Refusal> decode(String code, Facts facts) {
        return Optional.ofNullable(
                switch (code) {
                    case "NODE_SILENT" ->
                            new Refusal.NodeSilent(
                                    facts.node("node"),
                                    facts.number("silent"),
                                    facts.number("max"));
                    case "SAME_NODE" -> new Refusal.SameNode(facts.node("node"));
                    case "MIGRATION_LIMIT" ->
                            new Refusal.MigrationLimit(
                                    facts.text("limit"), facts.number("used"), facts.number("max"));
                    case "GHOST_NOT_FOUND" ->
                            new Refusal.GhostNotFound(facts.vShard("vShard"), facts.node("source"));
                    case "MIGRATION_IN_PROGRESS" -> new Refusal.MigrationInProgress(id(facts));
                    case "NOT_FENCED" -> new Refusal.NotFenced(id(facts));
                    case "MIGRATION_FINISHED" ->
                            new Refusal.MigrationFinished(id(facts), phase(facts));
                    case "ABORT_NOT_DUE" ->
                            new Refusal.AbortNotDue(
                                    id(facts), facts.constant("code", AbortCode.class));
                    case "CHECKSUM_MISMATCH" ->
                            new Refusal.ChecksumMismatch(
                                    id(facts), facts.number("said"), facts.number("found"));
                    case "ATTEMPTS_EXHAUSTED" ->
                            new Refusal.AttemptsExhausted(
                                    id(facts), facts.number("attempt"), facts.number("max"));
                    default -> ofStep(code, facts).orElse(null);
                });
    }

    private static Optional<Refusal> ofStep(String code, Facts facts) {
        return Optional.ofNullable(
                switch (code) {
                    case "PHASE_CONFLICT" ->
                            new Refusal.PhaseConflict(
                                    id(facts),
                                    phase(facts),
                                    facts.number("seen"),
                                    facts.number("current"));
                    case "NOT_CAUGHT_UP" ->
                            new Refusal.NotCaughtUp(
                                    id(facts), facts.number("lag"), facts.number("max"));
                    case "PROGRESS_STALE" ->
                            new Refusal.ProgressStale(
                                    id(facts), facts.number("age"), facts.number("max"));
                    case "NOT_OBSERVED" ->
                            new Refusal.NotObserved(
                                    id(facts),
                                    facts.node("node"),
                                    facts.number("observed"),
                                    facts.number("needed"));
                    case "PAUSE_BUDGET_EXCEEDED" ->
                            new Refusal.PauseBudgetExceeded(
                                    id(facts), facts.number("pause"), facts.number("budget"));
                    case "CANNOT_ABORT_AFTER_CUTOVER" ->
                            new Refusal.CannotAbortAfterCutover(id(facts));
                    default -> null;
                });
    }

    private static MigrationId id(Facts facts) {
        return new MigrationId(facts.text("migration"));
    }

    private static MigrationPhase phase(Facts facts) {
        return facts.constant("phase", MigrationPhase.class);
    }
}
