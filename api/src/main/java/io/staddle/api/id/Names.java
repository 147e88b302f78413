package io.staddle.api.id;

import io.staddle.api.id.MalformedException.Expectation;

/// The limits of names, checked once, in the constructors of the ids.
final class Names {
    private Names() {}

    /// Returns `text` if it is a name that fits into a log line: letters, digits and `. _ -`.
    static String identifier(String field, String text, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw malformed(field, "1 to " + maxLength + " characters", text);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inner = c == '.' || c == '_' || c == '-';
            if (!(isAlphanumeric(c) || (inner && i > 0))) {
                throw malformed(field, "letters, digits and . _ - after the first", text);
            }
        }
        return text;
    }

    /// Returns `text` if it is well-formed Unicode without control characters, of 1 to `maxBytes`
    /// bytes of UTF-8.
    static String text(String field, String text, int maxBytes) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c < 0x20 || c == 0x7f) {
                    throw malformed(field, "text without control characters", text);
                }
                bytes++;
            } else if (c < 0xa0) {
                throw malformed(field, "text without control characters", text);
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw malformed(field, "well-formed Unicode", text);
            }
        }
        if (bytes == 0 || bytes > maxBytes) {
            throw malformed(field, "1 to " + maxBytes + " bytes of UTF-8", text);
        }
        return text;
    }

    static MalformedException malformed(String field, String expected, String found) {
        return new MalformedException(new Expectation(field, expected, found));
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
