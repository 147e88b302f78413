package io.staddle.server.front;

/// What a caller without an answer may conclude. The texts travel, in the trailer
/// `staddle-outcome`.
public enum Fate {
    /// Nothing was done, and nothing will be.
    NONE("none"),
    /// It may have been done, or be done yet. Commands are idempotent: the caller may repeat it.
    UNKNOWN("unknown");

    private final String text;

    Fate(String text) {
        this.text = text;
    }

    /// Returns the text that travels.
    public String text() {
        return text;
    }
}
