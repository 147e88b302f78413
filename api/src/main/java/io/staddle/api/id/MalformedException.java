package io.staddle.api.id;

import java.io.Serial;

/// Thrown by a constructor whose argument can never be right.
///
/// It does not leave the process that received the argument: servers answer it with the refusal
/// `MALFORMED`, so nothing malformed is ever logged.
public final class MalformedException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    private static final int SHOWN = 80;

    private final transient Expectation expectation;

    /// Creates it from what was expected and what was found.
    public MalformedException(Expectation expectation) {
        super(expectation.toString());
        this.expectation = expectation;
    }

    /// Returns which field was wrong, and how.
    public Expectation expectation() {
        return expectation;
    }

    /// What was expected of a field and what was found in it.
    ///
    /// @param found cut after 80 characters, so that a huge value does not come back whole
    public record Expectation(String field, String expected, String found) {
        /// Cuts `found`.
        public Expectation {
            found = printable(found);
        }

        private static String printable(String text) {
            String head = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
            StringBuilder shown = new StringBuilder(head.length());
            head.chars()
                    .forEach(c -> {
                        boolean odd = Character.isISOControl(c) || Character.isSurrogate((char) c);
                        shown.append(odd ? "\\u" + String.format("%04x", c) : (char) c);
                    });
            return shown.toString();
        }

        @Override
        public String toString() {
            return field + " must be " + expected + ", but is \"" + found + "\"";
        }
    }
}
