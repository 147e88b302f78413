package io.staddle.api.model;

/// Whether a vShard takes writes.
public sealed interface Writes {
    /// It does.
    record Open() implements Writes {}

    /// It does not, while its last leaseholder hands over to the next.
    ///
    /// @param untilMillis after that the hand-over is undone, in logical time
    record Paused(long untilMillis) implements Writes {}
}
