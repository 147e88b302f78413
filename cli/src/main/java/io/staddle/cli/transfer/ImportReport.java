package io.staddle.cli.transfer;

import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// Tells how an import went.
final class ImportReport {
    private final Session session;
    private final Tally tally;

    ImportReport(Session session, Tally tally) {
        this.session = session;
        this.tally = tally;
    }

    /// Tells it.
    ///
    /// @param rows how many lines this run read
    /// @return REFUSED if a line was refused or malformed
    ExitCode tell(long rows, long nanos) throws IOException {
        if (session.output().isTable()) {
            session.shell().out().print(session.output().rendered(table()));
        } else {
            session.output().figures(tally.counts());
        }
        Duration took = Duration.ofNanos(nanos);
        long perSecond = (long) (rows / Math.max(nanos / 1e9, 1e-3));
        session.say(
                "%s in %s (%s/s)"
                        .formatted(
                                Figures.count(rows, "row"),
                                Figures.duration(took),
                                Figures.count(perSecond)));
        tally.refusals().keySet().forEach(this::examples);
        examples(Tally.MALFORMED);
        if (tally.rows() == 0) {
            session.say("There was no row in it. A row has type, key and owner: --help");
        }
        boolean bad = tally.refusedRows() + tally.count(Tally.MALFORMED) > 0;
        return bad ? ExitCode.REFUSED : ExitCode.DONE;
    }

    private Table table() {
        Table table = new Table(Column.left("ROWS"), Column.right("COUNT"));
        row(table, "new", "new", Tone.GOOD);
        row(table, "equal", "equal", Tone.PLAIN);
        rowUnlessZero(table, "released (epoch kept)", "released", Tone.PLAIN);
        rowUnlessZero(table, "floors of types", "floors", Tone.PLAIN);
        rowUnlessZero(table, "left out (never owned)", "unowned", Tone.WARN);
        for (Map.Entry<String, Long> each : tally.refusals().entrySet()) {
            row(table, "refused " + each.getKey(), each.getKey(), Tone.BAD);
        }
        rowUnlessZero(table, Tally.MALFORMED, Tally.MALFORMED, Tone.BAD);
        return table;
    }

    private void rowUnlessZero(Table table, String words, String name, Tone tone) {
        if (tally.count(name) > 0) {
            row(table, words, name, tone);
        }
    }

    private void row(Table table, String words, String name, Tone tone) {
        long count = tally.count(name);
        Tone shown = count == 0 ? Tone.DIM : tone;
        table.row(new Cell(words, shown), new Cell(Figures.count(count), shown));
    }

    private void examples(String code) {
        for (String example : tally.examples(code)) {
            session.say(session.ink().paint(Tone.BAD, code) + " " + example);
        }
    }
}
