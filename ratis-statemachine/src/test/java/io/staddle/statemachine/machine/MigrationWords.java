package io.staddle.statemachine.machine;

import io.staddle.api.event.MigrationEvent;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Compensation;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationRecord;
import io.staddle.statemachine.query.MigrationQueries;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.stream.Collectors;

/// Migrations and ghosts in the few words of the row files.
final class MigrationWords {
    private MigrationWords() {}

    /// Returns the answer to a question about migrations; null if it is none.
    static @Nullable String question(String[] words, MigrationQueries queries) {
        return switch (words[0]) {
            case "migration" ->
                    queries.migration(new MigrationId(words[1]))
                            .map(MigrationWords::of)
                            .orElse("none");
            case "steps" ->
                    queries.migration(new MigrationId(words[1])).stream()
                            .flatMap(each -> queries.checkpoints(each).stream())
                            .filter(MigrationCheckpoint::isIntact)
                            .map(each -> each.phaseVersion() + ":" + each.phase())
                            .collect(Collectors.joining(" "));
            case "resolve" ->
                    queries.resolve(new VShardId(Integer.parseInt(words[1])), new NodeId(words[2]))
                            .map(ghost -> ghost.target() + " e" + ghost.epoch())
                            .orElse("none");
            case "ghosts" ->
                    queries.ghosts().stream()
                            .map(MigrationWords::of)
                            .collect(Collectors.joining(", "));
            default -> null;
        };
    }

    static String of(MigrationEvent event) {
        return switch (event) {
            case MigrationEvent.MigrationStarted(var migration, _) -> of(migration);
            case MigrationEvent.ProgressReported(var id, var progress) ->
                    id + " at " + progress.sourceIndex() + "/" + progress.targetIndex();
            case MigrationEvent.PhaseEntered(var from, var migration, _) ->
                    migration.id() + " " + from + "->" + migration.phase();
            case MigrationEvent.WritesPaused(_, var vShard) -> "paused v" + vShard.id();
            case MigrationEvent.WritesResumed(_, var vShard) -> "resumed v" + vShard.id();
            case MigrationEvent.CompensationApplied(_, var compensation) -> of(compensation);
            case MigrationEvent.MigrationCompleted(var migration, _) -> of(migration);
            case MigrationEvent.MigrationAborted(var migration, _) -> of(migration);
            case MigrationEvent.FenceConfirmed(var node, var migration) ->
                    migration.id() + " fenced by " + node;
            case MigrationEvent.MigrationsForgotten(var ids) -> "forgot " + ids;
            case MigrationEvent.GhostInstalled(var ghost) -> of(ghost);
            case MigrationEvent.GhostAdjusted(var ghost) -> of(ghost);
            case MigrationEvent.GhostPurged(var ghost) ->
                    "purged v" + ghost.vShard() + " " + ghost.source();
        };
    }

    private static String of(MigrationRecord migration) {
        String ended =
                switch (migration.end()) {
                    case MigrationEnd.None _ -> "";
                    case MigrationEnd.Completed(var pause) -> " paused " + pause;
                    case MigrationEnd.Aborted(var code, _, var from, _) ->
                            " from " + from + ": " + code;
                };
        return "%s v%s %s->%s #%s.%s %s%s%s"
                .formatted(
                        migration.id(),
                        migration.header().vShard(),
                        migration.header().source(),
                        migration.header().target(),
                        migration.header().number(),
                        migration.header().attempt(),
                        migration.phase(),
                        ended,
                        migration.undo().isEmpty()
                                ? ""
                                : migration.undo().stream()
                                        .map(MigrationWords::of)
                                        .collect(Collectors.joining(" + ", " undo ", "")));
    }

    private static String of(Compensation compensation) {
        return switch (compensation) {
            case Compensation.RemoveLearner(_, var node) -> "remove learner " + node;
            case Compensation.RemoveVoter(_, var node) -> "remove voter " + node;
            case Compensation.DemoteToLearner(_, var node) -> "demote " + node;
            case Compensation.RestoreLeader(_, var leader) ->
                    "lead " + leader.map(NodeId::value).orElse("nobody");
            case Compensation.ResumeWrites(var vShard) -> "resume v" + vShard;
        };
    }

    private static String of(Ghost ghost) {
        return "ghost v%s %s->%s g%s e%s n%s"
                .formatted(
                        ghost.vShard(),
                        ghost.source(),
                        ghost.target(),
                        ghost.group(),
                        ghost.epoch(),
                        ghost.references())
                .toLowerCase(Locale.ROOT);
    }
}
