package io.staddle.it.history;

/// What a call came to.
sealed interface Answer {
    /// It is owned so, by who asked.
    record Granted(Register now) implements Answer {}

    /// It was let go of.
    record Released(long epoch) implements Answer {}

    /// It was refused, because this is recorded.
    record Refused(Register now) implements Answer {}

    /// This is recorded.
    record Seen(Register now) implements Answer {}

    /// Whether the holder may act, and what is recorded.
    record Checked(boolean valid, Register now) implements Answer {}

    /// Nobody knows: it may have been carried out, or still be.
    record Unknown() implements Answer {}
}
