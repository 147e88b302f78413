package io.staddle.cli.output;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

import java.util.List;
import java.util.stream.Collectors;

/// Messages of the API as JSON, with the names that the API's own JSON has.
///
/// Fields at their default are written too: a script may rely on a list being there.
public final class Json {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().alwaysPrintFieldsWithNoPresence();

    private Json() {}

    /// Returns the message as a document.
    public static String of(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            // Only an Any of an unknown type leads here, and the API has none.
            throw new IllegalStateException(e);
        }
    }

    /// Returns a document with one field that lists the messages.
    public static String of(String field, List<? extends Message> messages) {
        if (messages.isEmpty()) {
            return "{\n  \"" + field + "\": []\n}";
        }
        String items =
                messages.stream()
                        .map(each -> of(each).indent(4).strip())
                        .collect(Collectors.joining(",\n    "));
        return "{\n  \"" + field + "\": [\n    " + items + "\n  ]\n}";
    }
}
