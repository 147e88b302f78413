package io.staddle.cli.output;

/// Colours for a terminal, or none at all.
///
/// @param on whether to colour; off for files, pipes, `--no-color` and `NO_COLOR`
public record Ink(boolean on) {
    /// Writes everything as it is.
    public static final Ink NONE = new Ink(false);

    /// What a text is to say by its colour.
    public enum Tone {
        /// As it should be.
        GOOD("32"),
        /// Worth a look.
        WARN("33"),
        /// Wrong.
        BAD("31"),
        /// Stands out.
        BOLD("1"),
        /// Steps back.
        DIM("2"),
        /// Says nothing.
        PLAIN("");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    /// Returns `text` in that tone.
    public String paint(Tone tone, String text) {
        if (!on || tone == Tone.PLAIN || text.isBlank()) {
            return text;
        }
        return "\u001b[" + tone.code + "m" + text + "\u001b[0m";
    }
}
