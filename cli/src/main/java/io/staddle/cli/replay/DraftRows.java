package io.staddle.cli.replay;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;

import io.staddle.api.id.MalformedException;
import io.staddle.cli.shell.CliException;
import io.staddle.client.ReplayDraft;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Writes from NDJSON: an object a line, with `key`, `value` or `base64`, and perhaps `seq`.
final class DraftRows {
    private final BufferedReader lines;
    private long number;

    /// A write to append.
    ///
    /// @param seq its number, if it has one of its own
    record Row(Optional<Long> seq, ReplayDraft draft) {}

    DraftRows(BufferedReader lines) {
        this.lines = lines;
    }

    /// Returns the next rows, at most `max`; none at the end.
    ///
    /// @throws CliException if a line is not a write
    List<Row> next(int max) throws IOException {
        List<Row> rows = new ArrayList<>();
        while (rows.size() < max) {
            Optional<String> line = Optional.ofNullable(lines.readLine());
            if (line.isEmpty()) {
                break;
            }
            number++;
            if (!line.get().isBlank()) {
                rows.add(row(line.get()));
            }
        }
        return rows;
    }

    private Row row(String line) {
        try {
            JsonObject object = JsonParser.parseString(line).getAsJsonObject();
            Optional<Long> seq = field(object, "seq").map(JsonElement::getAsLong);
            String key = field(object, "key").map(JsonElement::getAsString).orElse("");
            return new Row(seq, ReplayDraft.of(key, value(object)));
        } catch (MalformedException malformed) {
            throw bad(malformed.expectation().toString());
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException notAWrite) {
            throw bad(
                    "{\"key\": TEXT, \"value\": TEXT or \"base64\": TEXT, \"seq\": NUMBER or none}"
                            + " was expected: "
                            + notAWrite.getMessage());
        }
    }

    private static ByteString value(JsonObject object) {
        Optional<ByteString> bytes =
                field(object, "base64")
                        .map(text -> Base64.getDecoder().decode(text.getAsString()))
                        .map(ByteString::copyFrom);
        return bytes.orElseGet(() ->
                field(object, "value")
                        .map(JsonElement::getAsString)
                        .map(ByteString::copyFromUtf8)
                        .orElse(ByteString.EMPTY));
    }

    private static Optional<JsonElement> field(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name)).filter(each -> !each.isJsonNull());
    }

    private CliException bad(String why) {
        return CliException.usage(
                "line " + number + ": " + why,
                "Correct it. What has a seq can be sent again: it is appended once.");
    }
}
