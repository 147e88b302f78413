package io.staddle.cli.transfer;

import io.staddle.api.answer.Answer;
import io.staddle.api.model.Ownership;

import java.io.IOException;

/// Writes rows of NDJSON by hand: a million in a second or two.
final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private JsonWriter() {}

    static void write(Ownership grain, Appendable to) throws IOException {
        Exported exported = Exported.of(grain);
        to.append("{\"type\":");
        text(grain.grain().type().name(), to);
        to.append(",\"key\":");
        text(grain.grain().key(), to);
        to.append(",\"owner\":");
        text(exported.owner(), to);
        to.append(",\"epoch\":").append(Long.toString(grain.epoch().value()));
        to.append(",\"state\":\"").append(exported.state()).append("\"}\n");
    }

    static void write(Answer.Floor floor, Appendable to) throws IOException {
        to.append("{\"type\":");
        text(floor.type().name(), to);
        to.append(",\"epoch\":").append(floor.epoch().toString());
        to.append(",\"state\":\"").append(Fields.FLOOR).append("\"}\n");
    }

    /// Writes a text with its quotes.
    static void text(String value, Appendable to) throws IOException {
        to.append('"');
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c < 0x20) {
                to.append(value, written, i);
                written = i + 1;
                if (c < 0x20) {
                    to.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                } else {
                    to.append('\\').append(c);
                }
            }
        }
        to.append(value, written, value.length()).append('"');
    }
}
