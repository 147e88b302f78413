package io.staddle.cli.transfer;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// Reads one JSON object from a line, strictly as RFC 8259 says.
///
/// A million lines are read, each short: a parser of streams would spend its time on buffers.
final class JsonObjectReader {
    private static final int DEPTH_MAX = 32;
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final String text;
    private int at;

    /// Thrown for what is not JSON.
    static final class NotJsonException extends Exception {
        private static final long serialVersionUID = 1;

        private NotJsonException(String message) {
            super(message);
        }
    }

    private JsonObjectReader(String text) {
        this.text = text;
    }

    /// Gives each field to `fields`: texts without quotes, numbers and words as they are written,
    /// nothing for `null`, objects and arrays.
    static void read(String text, BiConsumer<String, String> fields) throws NotJsonException {
        JsonObjectReader reader = new JsonObjectReader(text);
        reader.space();
        reader.object(fields, 0);
        reader.space();
        if (reader.at < text.length()) {
            throw reader.expected("the end of the line");
        }
    }

    private void object(BiConsumer<String, String> fields, int depth) throws NotJsonException {
        expect('{');
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        while (true) {
            space();
            String name = string();
            space();
            expect(':');
            space();
            value(name, fields, depth);
            space();
            if (peek() != ',') {
                expect('}');
                return;
            }
            at++;
        }
    }

    private void value(String name, BiConsumer<String, String> fields, int depth)
            throws NotJsonException {
        if (depth >= DEPTH_MAX) {
            throw expected("at most " + DEPTH_MAX + " levels");
        }
        char first = peek();
        if (first == '"') {
            fields.accept(name, string());
        } else if (first == '{') {
            object((ignoredName, ignoredValue) -> {}, depth + 1);
        } else if (first == '[') {
            array(depth + 1);
        } else {
            String word = word();
            if (!word.equals("null")) {
                fields.accept(name, word);
            }
        }
    }

    private void array(int depth) throws NotJsonException {
        expect('[');
        space();
        if (peek() == ']') {
            at++;
            return;
        }
        while (true) {
            space();
            value("", (ignoredName, ignoredValue) -> {}, depth);
            space();
            if (peek() != ',') {
                expect(']');
                return;
            }
            at++;
        }
    }

    private String word() throws NotJsonException {
        int start = at;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        boolean known = word.equals("true") || word.equals("false") || word.equals("null");
        if (!known && !isNumber(word)) {
            at = start;
            throw expected("a value");
        }
        return word;
    }

    private String string() throws NotJsonException {
        expect('"');
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return text.substring(start, at++);
            }
            if (c == '\\') {
                return escaped(start);
            }
            if (c < 0x20) {
                throw expected("an escape in place of a control character");
            }
            at++;
        }
        throw expected("\" at the end of the text");
    }

    private String escaped(int start) throws NotJsonException {
        StringBuilder value = new StringBuilder(text.length() - start);
        value.append(text, start, at);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c < 0x20) {
                throw expected("an escape in place of a control character");
            }
            at++;
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? escape() : c);
        }
        throw expected("\" at the end of the text");
    }

    private char escape() throws NotJsonException {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw expected("one of \" \\ / b f n r t u after a backslash");
            }
        };
    }

    private char unicode() throws NotJsonException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw expected("four hexadecimal digits after \\u");
            }
            value = value << 4 | digit;
            at++;
        }
        return (char) value;
    }

    private void space() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private void expect(char c) throws NotJsonException {
        if (peek() != c) {
            throw expected(Character.toString(c));
        }
        at++;
    }

    /// Returns the next character; U+0000, which JSON has nowhere, at the end.
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private NotJsonException expected(String what) {
        String found =
                at >= text.length()
                        ? "the end of the line"
                        : Character.isISOControl(text.charAt(at))
                                ? String.format(Locale.ROOT, "U+%04X", (int) text.charAt(at))
                                : Character.toString(text.codePointAt(at));
        return new NotJsonException(
                "column " + (at + 1) + ": expected " + what + ", found " + found);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isOfWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '+'
                || c == '.'
                || c == 'E';
    }

    private static boolean isNumber(String word) {
        return isPlainNumber(word) || NUMBER.matcher(word).matches();
    }

    /// What almost all numbers are, found without a regular expression.
    private static boolean isPlainNumber(String word) {
        if (word.isEmpty() || (word.charAt(0) == '0' && word.length() > 1)) {
            return false;
        }
        return word.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
