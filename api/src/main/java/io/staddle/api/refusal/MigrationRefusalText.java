package io.staddle.api.refusal;

import io.staddle.api.refusal.Refusal.AbortNotDue;
import io.staddle.api.refusal.Refusal.AttemptsExhausted;
import io.staddle.api.refusal.Refusal.CannotAbortAfterCutover;
import io.staddle.api.refusal.Refusal.ChecksumMismatch;
import io.staddle.api.refusal.Refusal.GhostNotFound;
import io.staddle.api.refusal.Refusal.MigrationFinished;
import io.staddle.api.refusal.Refusal.MigrationInProgress;
import io.staddle.api.refusal.Refusal.MigrationLimit;
import io.staddle.api.refusal.Refusal.NodeSilent;
import io.staddle.api.refusal.Refusal.NotCaughtUp;
import io.staddle.api.refusal.Refusal.NotFenced;
import io.staddle.api.refusal.Refusal.NotObserved;
import io.staddle.api.refusal.Refusal.PauseBudgetExceeded;
import io.staddle.api.refusal.Refusal.PhaseConflict;
import io.staddle.api.refusal.Refusal.ProgressStale;
import io.staddle.api.refusal.Refusal.SameNode;

/// The refusals about migrations and ghosts, in words.
final class MigrationRefusalText {
    private MigrationRefusalText() {}

    static RefusalText of(Refusal.OfMigration refusal) {
        return switch (refusal) {
            case NodeSilent(var node, var silent, var max) ->
                    later(
                            "NODE_SILENT",
                            "node \"%s\" is silent for %s ms, %s ms are allowed"
                                    .formatted(node, silent, max),
                            "Choose another node, or wait until it beats.");
            case SameNode(var node) ->
                    report(
                            "SAME_NODE",
                            "node \"%s\" serves the vShard already".formatted(node),
                            "Choose another node.");
            case MigrationInProgress(var migration) ->
                    new RefusalText(
                            "MIGRATION_IN_PROGRESS",
                            Remedy.READ_AGAIN,
                            "migration %s stands in the way".formatted(migration),
                            "Wait until it is over, or abort it.");
            case NotFenced(var migration) ->
                    later(
                            "NOT_FENCED",
                            "the data plane does not fence migration %s yet".formatted(migration),
                            "Wait until a voter of its group has confirmed the fence.");
            case MigrationLimit(var limit, var used, var max) ->
                    later(
                            "MIGRATION_LIMIT",
                            "%s migrations go on, %s = %s".formatted(used, limit, max),
                            "Wait until one is over, or raise " + limit + ".");
            case MigrationFinished(var migration, var phase) ->
                    report(
                            "MIGRATION_FINISHED",
                            "migration %s is %s".formatted(migration, phase),
                            "Nothing is left to do about it.");
            case AbortNotDue(var migration, var code) ->
                    later(
                            "ABORT_NOT_DUE",
                            "migration %s is not to be given up for %s".formatted(migration, code),
                            "Nothing is left to do: it goes on.");
            case ChecksumMismatch(var migration, var said, var found) ->
                    report(
                            "CHECKSUM_MISMATCH",
                            "the payload for migration %s has CRC-32C %08x, not %08x"
                                    .formatted(migration, found, said),
                            "Send it again: it was damaged on its way.");
            case AttemptsExhausted(var migration, var attempt, var max) ->
                    report(
                            "ATTEMPTS_EXHAUSTED",
                            "migration %s was attempt %s of %s".formatted(migration, attempt, max),
                            "See why it fails, then start a new one.");
            case GhostNotFound(var vShard, var source) ->
                    report(
                            "GHOST_NOT_FOUND",
                            "there is no ghost of vShard %s at node \"%s\""
                                    .formatted(vShard, source),
                            "Ask the routing table who serves the vShard.");
            case Refusal.OfStep step -> ofStep(step);
        };
    }

    private static RefusalText ofStep(Refusal.OfStep refusal) {
        return switch (refusal) {
            case PhaseConflict(var migration, var phase, var seen, var current) ->
                    new RefusalText(
                            "PHASE_CONFLICT",
                            Remedy.READ_AGAIN,
                            "migration %s is in %s after step %s, not %s"
                                    .formatted(migration, phase, current, seen),
                            "Read it again and decide anew.");
            case NotCaughtUp(var migration, var lag, var max) ->
                    later(
                            "NOT_CAUGHT_UP",
                            "the target of migration %s is %s entries behind, at most %s may be"
                                    .formatted(migration, lag < 0 ? "unknown" : lag, max),
                            "Wait until the target has caught up.");
            case ProgressStale(var migration, var age, var max) ->
                    later(
                            "PROGRESS_STALE",
                            "the progress of migration %s is %s ms old, at most %s may be"
                                    .formatted(migration, age, max),
                            "Wait for the next report.");
            case NotObserved(var migration, var node, var observed, var needed) ->
                    later(
                            "NOT_OBSERVED",
                            "node \"%s\" is at configuration %s, migration %s needs %s"
                                    .formatted(node, observed, migration, needed),
                            "Wait until the node reports it.");
            case PauseBudgetExceeded(var migration, var pause, var budget) ->
                    report(
                            "PAUSE_BUDGET_EXCEEDED",
                            "migration %s pauses writes for %s us, its budget is %s"
                                    .formatted(migration, pause, budget),
                            "Wait for less load, or start anew with a larger budget.");
            case CannotAbortAfterCutover(var migration) ->
                    report(
                            "CANNOT_ABORT_AFTER_CUTOVER",
                            "migration %s was cut over: it can only be finished"
                                    .formatted(migration),
                            "Let it finish, then move the vShard back.");
        };
    }

    private static RefusalText later(String code, String message, String next) {
        return new RefusalText(code, Remedy.RETRY_LATER, message, next);
    }

    private static RefusalText report(String code, String message, String next) {
        return new RefusalText(code, Remedy.REPORT, message, next);
    }
}
