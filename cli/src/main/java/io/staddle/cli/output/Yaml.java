package io.staddle.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A JSON document in the block style of YAML.
///
/// A text that YAML could take for something else stays in the quotes of JSON, which YAML knows.
final class Yaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/.][A-Za-z0-9_./ -]*");
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", ".nan", ".inf");

    private final StringBuilder text = new StringBuilder();

    private Yaml() {}

    static String of(String json) {
        Yaml yaml = new Yaml();
        yaml.block(JsonParser.parseString(json), 0);
        return yaml.text.toString().strip();
    }

    private void block(JsonElement element, int indent) {
        switch (element) {
            case JsonObject object when !object.isEmpty() -> fields(object, indent);
            case JsonArray array when !array.isEmpty() -> items(array, indent);
            case JsonElement scalar -> text.append(' ').append(scalar(scalar)).append('\n');
        }
    }

    private void fields(JsonObject object, int indent) {
        boolean first = true;
        for (Map.Entry<String, JsonElement> field : object.entrySet()) {
            pad(first ? 0 : indent);
            text.append(word(field.getKey())).append(':');
            nested(field.getValue(), indent + 2);
            first = false;
        }
    }

    private void items(JsonArray array, int indent) {
        boolean first = true;
        for (JsonElement item : array) {
            pad(first ? 0 : indent);
            text.append('-');
            if (isBlock(item)) {
                text.append(' ');
            }
            block(item, indent + 2);
            first = false;
        }
    }

    private void nested(JsonElement value, int indent) {
        if (isBlock(value)) {
            text.append('\n');
            pad(indent);
        }
        block(value, indent);
    }

    private void pad(int indent) {
        text.append(" ".repeat(indent));
    }

    private static boolean isBlock(JsonElement element) {
        return (element instanceof JsonObject object && !object.isEmpty())
                || (element instanceof JsonArray array && !array.isEmpty());
    }

    private static String scalar(JsonElement element) {
        boolean isText = element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
        return isText ? word(element.getAsString()) : element.toString();
    }

    private static String word(String text) {
        boolean plain =
                PLAIN.matcher(text).matches()
                        && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))
                        && !text.endsWith(" ");
        return plain ? text : new com.google.gson.JsonPrimitive(text).toString();
    }
}
