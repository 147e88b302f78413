package io.staddle.cli.migration;

import io.staddle.api.model.Compensation;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationProgress;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Waiting;
import io.staddle.api.query.MigrationDetails;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Shows migrations.
final class Migrations {
    private Migrations() {}

    static Table table(List<MigrationRecord> migrations) {
        Table table =
                new Table(
                        Column.left("MIGRATION"),
                        Column.right("VSHARD"),
                        Column.left("FROM"),
                        Column.left("TO"),
                        Column.left("PHASE"),
                        Column.right("LAG"),
                        Column.left("WAITS FOR"),
                        Column.left("SINCE"));
        for (MigrationRecord migration : migrations) {
            MigrationHeader header = migration.header();
            table.row(
                    Cell.of(header.id().value()),
                    Cell.of(header.vShard().toString()),
                    Cell.of(header.source().value()),
                    Cell.of(header.target().value()),
                    new Cell(migration.phase().name(), tone(migration.phase())),
                    Cell.of(lag(migration.progress())),
                    Cell.of(isOver(migration) ? "" : waiting(migration.stage().waiting())),
                    Cell.of(Figures.time(migration.stage().sinceMillis())));
        }
        return table;
    }

    static String details(MigrationDetails details) {
        MigrationRecord migration = details.migration();
        MigrationHeader header = migration.header();
        String lag = lag(migration.progress());
        StringBuilder text =
                new StringBuilder(
                        """
                        migration  %s, number %s of vShard %s, attempt %s
                        moves      %s -> %s (incarnation %s) in group %s
                        phase      %s since %s, step %s
                        waits for  %s
                        progress   %s of %s, lag %s
                        pause      %s of %s
                        before     the target was %s, epoch %s
                        """
                                .formatted(
                                        header.id(),
                                        header.number(),
                                        header.vShard(),
                                        header.attempt(),
                                        header.source(),
                                        header.target(),
                                        header.targetIncarnation(),
                                        header.group(),
                                        migration.phase(),
                                        Figures.time(migration.stage().sinceMillis()),
                                        migration.stage().phaseVersion(),
                                        isOver(migration)
                                                ? "nothing"
                                                : waiting(migration.stage().waiting()),
                                        migration.progress().targetIndex(),
                                        migration.progress().sourceIndex(),
                                        lag.isEmpty() ? "not known" : lag,
                                        micros(migration.pauseMicros()),
                                        micros(header.budgetMicros()),
                                        migration.before().target(),
                                        migration.before().epoch()));
        text.append(end(migration)).append('\n');
        details.checkpoints().forEach(each -> text.append(line(each)));
        return text.toString();
    }

    static String micros(long micros) {
        return Figures.millis(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    /// What is left to do, or how it ended.
    private static String end(MigrationRecord migration) {
        return switch (migration.end()) {
            case MigrationEnd.None none ->
                    migration.phase() == MigrationPhase.CUTOVER
                            ? "abort      not possible any more"
                            : "abort      would " + words(migration.undo().reversed());
            case MigrationEnd.Completed(var pause) ->
                    "ended      writes were paused for " + micros(pause);
            case MigrationEnd.Aborted(var code, var reason, var from, var undone) ->
                    "ended      %s in %s%s; undone: %s"
                            .formatted(
                                    code,
                                    from,
                                    reason.isEmpty() ? "" : " (" + reason + ")",
                                    words(undone));
        };
    }

    private static String words(List<Compensation> compensations) {
        return compensations.isEmpty()
                ? "change nothing"
                : compensations.stream().map(Migrations::words).collect(Collectors.joining(", "));
    }

    private static String words(Compensation compensation) {
        return switch (compensation) {
            case Compensation.RemoveLearner(var group, var node) ->
                    "remove learner " + node + " of group " + group;
            case Compensation.RemoveVoter(var group, var node) ->
                    "remove voter " + node + " of group " + group;
            case Compensation.DemoteToLearner(var group, var node) ->
                    "make " + node + " a learner of group " + group;
            case Compensation.RestoreLeader(var group, var leader) ->
                    "let "
                            + (leader.isPresent() ? leader.get().value() : "nobody")
                            + " lead group "
                            + group;
            case Compensation.ResumeWrites(var vShard) -> "resume writes of vShard " + vShard;
        };
    }

    private static String line(MigrationCheckpoint checkpoint) {
        return "step %s     %s %s, %s, CRC-32C %08x%s%n"
                .formatted(
                        checkpoint.phaseVersion(),
                        Figures.time(checkpoint.atMillis()),
                        checkpoint.phase(),
                        Figures.bytes(checkpoint.payload().size()),
                        checkpoint.checksum(),
                        checkpoint.isIntact() ? "" : " DAMAGED");
    }

    static String waiting(Waiting waiting) {
        return switch (waiting.condition()) {
            case CONFIG_OBSERVED -> waiting.node() + " to have configuration " + waiting.value();
            case CAUGHT_UP -> waiting.node() + " to be at most " + waiting.value() + " behind";
            case DRAINED -> waiting.node() + " to have the last write";
            case FENCED -> "its group to confirm fence " + waiting.value();
            case NOTHING -> "nothing";
        };
    }

    static boolean isOver(MigrationRecord migration) {
        return migration.phase().isFinished() && migration.fenced();
    }

    static String lag(MigrationProgress progress) {
        return progress.lag() == MigrationProgress.UNKNOWN ? "" : "" + progress.lag();
    }

    private static Tone tone(MigrationPhase phase) {
        return switch (phase) {
            case COMPLETED -> Tone.GOOD;
            case ABORTED -> Tone.BAD;
            case LEADERSHIP_TRANSFER -> Tone.WARN;
            case ADD_LEARNER, CATCH_UP, PROMOTE_LEARNER, CUTOVER -> Tone.PLAIN;
        };
    }
}
