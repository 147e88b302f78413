package io.staddle.cli.output;

import com.google.gson.JsonObject;
import com.google.protobuf.Message;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Shows answers on the standard output, each as one document or one table.
public final class Output {
    private final PrintStream out;
    private final Format format;
    private final Ink ink;

    /// Creates it.
    ///
    /// @param ink the colours of `out`
    public Output(PrintStream out, Format format, Ink ink) {
        this.out = out;
        this.format = format;
        this.ink = ink;
    }

    /// Tells whether people read it.
    public boolean isTable() {
        return format == Format.TABLE;
    }

    /// Shows a message, for people as `text` says.
    public void show(Message message, Supplier<String> text) {
        document(() -> Json.of(message), text);
    }

    /// Shows a message, for people as a table.
    public void table(Message message, Supplier<Table> table) {
        document(() -> Json.of(message), () -> rendered(table.get()));
    }

    /// Shows messages of several servers as one document, for people as a table.
    public void table(String field, List<? extends Message> messages, Supplier<Table> table) {
        document(() -> Json.of(field, messages), () -> rendered(table.get()));
    }

    /// Shows counts that the API has no message for, for scripts only.
    public void figures(Map<String, Long> counts) {
        JsonObject object = new JsonObject();
        counts.forEach(object::addProperty);
        document(object::toString, () -> "");
    }

    /// Returns `text` in that tone, if the output has colours.
    public String paint(Ink.Tone tone, String text) {
        return ink.paint(tone, text);
    }

    /// Returns the table as text, with the colours of the output.
    public String rendered(Table table) {
        return table.isEmpty() ? "" : table.render(ink);
    }

    private void document(Supplier<String> json, Supplier<String> text) {
        switch (format) {
            case TABLE -> out.print(ended(text.get()));
            case JSON -> out.println(json.get());
            case YAML -> out.println(Yaml.of(json.get()));
        }
        out.flush();
    }

    private static String ended(String text) {
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }
}
