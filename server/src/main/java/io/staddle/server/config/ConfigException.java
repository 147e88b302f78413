package io.staddle.server.config;

import java.io.Serial;

/// Says which key of the configuration is wrong, what it may be, and what was found.
public final class ConfigException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    /// Creates it for a key.
    ///
    /// @param expected what may stand there, in words
    public ConfigException(String key, String expected, String found) {
        super(key + " must be " + expected + ", is " + quoted(found));
    }

    /// Creates it for a file as a whole.
    public ConfigException(String message) {
        super(message);
    }

    private static String quoted(String found) {
        return found.isEmpty() ? "not set" : "\"" + found + "\"";
    }
}
