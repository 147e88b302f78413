package io.staddle.cli.output;

import io.staddle.cli.output.Ink.Tone;

import java.util.ArrayList;
import java.util.List;

/// Rows in aligned columns without borders, so that `awk` and people can read them alike.
public final class Table {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    /// A column.
    ///
    /// @param right whether its cells are numbers, aligned to the right
    public record Column(String title, boolean right) {
        /// Returns a column of words.
        public static Column left(String title) {
            return new Column(title, false);
        }

        /// Returns a column of numbers.
        public static Column right(String title) {
            return new Column(title, true);
        }
    }

    /// What stands in one place.
    public record Cell(String text, Tone tone) {
        /// Returns a cell in the colour of the terminal.
        public static Cell of(String text) {
            return new Cell(text, Tone.PLAIN);
        }
    }

    /// Creates a table without rows.
    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /// Adds a row; an empty text is shown as `-`.
    public Table row(String... texts) {
        Cell[] cells = new Cell[texts.length];
        for (int i = 0; i < texts.length; i++) {
            cells[i] = Cell.of(texts[i]);
        }
        return row(cells);
    }

    /// Adds a row; an empty text is shown as `-`.
    public Table row(Cell... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(
                    columns.size() + " cells expected, found " + cells.length);
        }
        rows.add(List.of(cells));
        return this;
    }

    /// Tells whether there is no row.
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Returns the lines with their ends, the titles first.
    public String render(Ink ink) {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        List<Cell> titles =
                columns.stream().map(each -> new Cell(each.title(), Tone.BOLD)).toList();
        line(titles, widths, ink, text);
        rows.forEach(row -> line(row, widths, ink, text));
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = length(columns.get(i).title());
            for (List<Cell> row : rows) {
                widths[i] = Math.max(widths[i], length(shown(row.get(i))));
            }
        }
        return widths;
    }

    private void line(List<Cell> cells, int[] widths, Ink ink, StringBuilder to) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            Cell cell = cells.get(i);
            String shown = shown(cell);
            String padding = " ".repeat(widths[i] - length(shown));
            String painted = cell.text().isEmpty() ? shown : ink.paint(cell.tone(), shown);
            boolean last = i == widths.length - 1;
            if (columns.get(i).right()) {
                line.append(padding).append(painted);
            } else {
                line.append(painted).append(last ? "" : padding);
            }
            line.append(last ? "" : GAP);
        }
        to.append(line).append('\n');
    }

    private static String shown(Cell cell) {
        return cell.text().isEmpty() ? "-" : cell.text();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
