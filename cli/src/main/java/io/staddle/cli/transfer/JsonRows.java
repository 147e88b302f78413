package io.staddle.cli.transfer;

import io.staddle.api.id.ClusterId;
import io.staddle.cli.transfer.JsonObjectReader.NotJsonException;

import java.util.Optional;

/// Rows of NDJSON: an object a line, with `type`, `key`, `owner` and perhaps `epoch` and `state`.
/// Other fields are ignored.
final class JsonRows implements RowParser {
    private final Optional<ClusterId> defaultOwner;

    JsonRows(Optional<ClusterId> defaultOwner) {
        this.defaultOwner = defaultOwner;
    }

    @Override
    public Line parse(String text) {
        if (text.isBlank()) {
            return new Line.Blank();
        }
        Found found = new Found();
        try {
            JsonObjectReader.read(text, found::field);
        } catch (NotJsonException notJson) {
            return new Line.Malformed(notJson.getMessage() == null ? "" : notJson.getMessage());
        }
        boolean needsKey = !found.state.equals(Fields.FLOOR);
        if (found.type.isEmpty() || (needsKey && found.key.isEmpty())) {
            String missing = found.type.isEmpty() ? "type" : "key";
            return new Line.Malformed("\"" + missing + "\" is missing or empty");
        }
        return found.fields().toLine(defaultOwner);
    }

    /// The fields of a line, in whatever order they come.
    private static final class Found {
        private String type = "";
        private String key = "";
        private String owner = "";
        private String epoch = "";
        private String state = "";

        private void field(String name, String value) {
            switch (name) {
                case "type" -> type = value;
                case "key" -> key = value;
                case "owner" -> owner = value;
                case "epoch" -> epoch = value;
                case "state" -> state = value;
                default -> {}
            }
        }

        private Fields fields() {
            return new Fields(type, key, owner, epoch, state);
        }
    }
}
