package io.staddle.cli.transfer;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Ownership;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// How rows of grains are written.
public enum RowFormat {
    /// A JSON object a line.
    NDJSON,
    /// Comma-separated, with a header.
    CSV;

    /// The header that an export has.
    static final String HEADER = "type,key,owner,epoch,state";

    /// Returns the format that the name of the file tells, else the one that its beginning does.
    ///
    /// @param beginning some of its first characters
    static RowFormat of(Path file, String beginning) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl") || name.endsWith(".json")) {
            return NDJSON;
        }
        String text = beginning.startsWith("\ufeff") ? beginning.substring(1) : beginning;
        return text.isBlank() || text.stripLeading().startsWith("{") ? NDJSON : CSV;
    }

    /// Returns a reader of rows.
    ///
    /// @param header the first line; used for CSV only
    RowParser parser(String header, Optional<ClusterId> defaultOwner) {
        return switch (this) {
            case NDJSON -> new JsonRows(defaultOwner);
            case CSV -> new CsvRows(header, defaultOwner);
        };
    }

    /// Writes what comes before the first row.
    public void begin(Appendable to) throws IOException {
        if (this == CSV) {
            to.append(HEADER).append('\n');
        }
    }

    /// Writes the floor of a type. These come last: rows below a floor are refused after it.
    public void write(Answer.Floor floor, Appendable to) throws IOException {
        switch (this) {
            case NDJSON -> JsonWriter.write(floor, to);
            case CSV -> CsvWriter.write(floor, to);
        }
    }

    /// Writes a row: type, key, owner, epoch, state.
    public void write(Ownership grain, Appendable to) throws IOException {
        switch (this) {
            case NDJSON -> JsonWriter.write(grain, to);
            case CSV -> CsvWriter.write(grain, to);
        }
    }
}
