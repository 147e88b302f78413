package io.staddle.cli.transfer;

import io.staddle.api.id.ClusterId;
import io.staddle.cli.shell.CliException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Rows of CSV as RFC 4180 has it, with a header that names the columns in any order.
///
/// A row is a line: no key has a line break, so neither has a quoted field.
final class CsvRows implements RowParser {
    private final List<String> columns;
    private final Optional<ClusterId> defaultOwner;

    /// Creates it.
    ///
    /// @throws CliException if the header does not name what is needed
    CsvRows(String header, Optional<ClusterId> defaultOwner) {
        this.columns = columns(header);
        this.defaultOwner = defaultOwner;
        boolean complete = columns.contains("type") && columns.contains("key");
        if (!complete || (!columns.contains("owner") && defaultOwner.isEmpty())) {
            throw CliException.usage(
                    "line 1: the header type,key,owner[,epoch] was expected, but found \""
                            + (header.length() > 80 ? header.substring(0, 80) + "…" : header)
                            + "\"",
                    "Add the header. Without a column owner, name one for all rows: --owner.");
        }
    }

    @Override
    public Line parse(String text) {
        if (text.isBlank()) {
            return new Line.Blank();
        }
        try {
            List<String> values = split(text);
            if (values.size() != columns.size()) {
                return new Line.Malformed(
                        columns.size() + " fields expected, found " + values.size());
            }
            return fields(values).toLine(defaultOwner);
        } catch (NotCsvException notCsv) {
            return new Line.Malformed(notCsv.why);
        }
    }

    private Fields fields(List<String> values) {
        return new Fields(
                value("type", values),
                value("key", values),
                value("owner", values),
                value("epoch", values),
                value("state", values));
    }

    private String value(String column, List<String> values) {
        int index = columns.indexOf(column);
        return index < 0 ? "" : values.get(index);
    }

    private static List<String> columns(String header) {
        try {
            return split(header).stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
        } catch (NotCsvException notCsv) {
            return List.of();
        }
    }

    private static List<String> split(String text) throws NotCsvException {
        List<String> values = new ArrayList<>(5);
        int at = 0;
        while (true) {
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            int end = quoted ? endOfQuoted(text, at) : endOfPlain(text, at);
            values.add(
                    quoted
                            ? text.substring(at + 1, end - 1).replace("\"\"", "\"")
                            : text.substring(at, end));
            if (end == text.length()) {
                return values;
            }
            if (text.charAt(end) != ',') {
                throw new NotCsvException(
                        "column " + (end + 1) + ": expected a comma after the quoted field");
            }
            at = end + 1;
        }
    }

    private static int endOfPlain(String text, int start) throws NotCsvException {
        int comma = text.indexOf(',', start);
        int end = comma < 0 ? text.length() : comma;
        int quote = text.indexOf('"', start);
        if (quote >= 0 && quote < end) {
            throw new NotCsvException(
                    "column " + (quote + 1) + ": a field with a quote must itself be quoted");
        }
        return end;
    }

    /// Returns the index after the closing quote.
    private static int endOfQuoted(String text, int start) throws NotCsvException {
        int at = start + 1;
        while (true) {
            int quote = text.indexOf('"', at);
            if (quote < 0) {
                throw new NotCsvException(
                        "column " + (start + 1) + ": the quoted field does not end on its line");
            }
            boolean doubled = quote + 1 < text.length() && text.charAt(quote + 1) == '"';
            if (!doubled) {
                return quote + 1;
            }
            at = quote + 2;
        }
    }

    /// Thrown for what is not CSV.
    private static final class NotCsvException extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        private NotCsvException(String why) {
            super(why);
            this.why = why;
        }
    }
}
