package io.staddle.cli.failover;

import io.staddle.api.model.Demotion;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.HoldingMove;
import io.staddle.api.model.HoldingMove.Fate;
import io.staddle.api.model.Move;
import io.staddle.api.model.MoveKind;
import io.staddle.api.model.RoleMove;
import io.staddle.api.refusal.ObstacleText;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Shows what a move does, or did, by type.
final class Moves {
    private Moves() {}

    /// What happens to the grains of a type that share a fate.
    private record Row(String type, String from, String to, Tone tone, String why)
            implements Comparable<Row> {
        private static final Comparator<Row> ORDER =
                Comparator.comparing(Row::type)
                        .thenComparing(Row::from)
                        .thenComparing(Row::to)
                        .thenComparing(Row::why);

        @Override
        public int compareTo(Row other) {
            return ORDER.compare(this, other);
        }

        private static Row of(HoldingMove move) {
            String type = move.type().name();
            String from = move.from().value();
            return switch (move.fate()) {
                case Fate.To(var owner) -> new Row(type, from, owner.value(), Tone.GOOD, "");
                case Fate.Stranded(var why) ->
                        new Row(type, from, "(stranded)", Tone.BAD, ObstacleText.of(why).clause());
                case Fate.Kept(var why) ->
                        new Row(type, from, "(stays)", Tone.WARN, ObstacleText.of(why).clause());
            };
        }
    }

    /// Returns a row for each type and fate: several holdings of a type are one to the reader.
    static Table table(Move move) {
        Map<Row, Long> grains =
                move.holdings().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Row::of,
                                        TreeMap::new,
                                        Collectors.summingLong(HoldingMove::grains)));
        Table table =
                new Table(
                        Column.left("TYPE"),
                        Column.right("GRAINS"),
                        Column.left("FROM"),
                        Column.left("TO"),
                        Column.left("WHY"));
        grains.forEach((row, count) ->
                table.row(
                        Cell.of(row.type()),
                        Cell.of(Figures.count(count)),
                        Cell.of(row.from()),
                        new Cell(row.to(), row.tone()),
                        Cell.of(row.why())));
        return table;
    }

    static Table list(List<Move> moves) {
        Table table =
                new Table(
                        Column.left("MOVE"),
                        Column.left("KIND"),
                        Column.left("CLUSTER"),
                        Column.right("FENCE"),
                        Column.right("MOVED"),
                        Column.right("STRANDED"),
                        Column.right("REVISION"),
                        Column.left("TIME"));
        for (Move move : moves) {
            table.row(
                    move.id().value(),
                    word(move.kind()),
                    move.cluster().value(),
                    move.fence().toString(),
                    Figures.count(move.grainsMoved()),
                    Figures.count(move.grainsStranded()),
                    move.at().revision().toString(),
                    Figures.time(move.at().atMillis()));
        }
        return table;
    }

    static String word(MoveKind kind) {
        return switch (kind) {
            case FAILOVER -> "failover";
            case FAIL_BACK -> "fail-back";
            case EVACUATION -> "evacuation";
            case RESCUE -> "rescue";
        };
    }

    static String word(FailoverCause cause) {
        return switch (cause) {
            case GRACE -> "out of reach for longer than the grace period";
            case DRAIN -> "drained";
            case OPERATOR -> "by an operator";
        };
    }

    /// Returns what becomes of the primary's role, as a clause; nothing if it stays.
    static Optional<String> role(Demotion demotion) {
        return switch (demotion.role()) {
            case RoleMove.Stayed _ -> Optional.empty();
            case RoleMove.Promoted(var to, var epoch) ->
                    Optional.of(to + " is the primary, epoch " + epoch);
            case RoleMove.Vacated(var epoch) ->
                    Optional.of("nobody is the primary, epoch " + epoch);
        };
    }

    static String summary(Move move) {
        return "%s moved, %s stranded, fence %s, revision %s"
                .formatted(
                        Figures.count(move.grainsMoved(), "grain"),
                        Figures.count(move.grainsStranded()),
                        move.fence(),
                        move.at().revision());
    }
}
