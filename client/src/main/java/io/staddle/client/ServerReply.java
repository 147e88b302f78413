package io.staddle.client;

import java.util.Optional;

/// What one endpoint said.
public sealed interface ServerReply<T> {
    /// Whom it was asked of.
    Endpoint endpoint();

    /// Returns what it answered; empty if it did not.
    default Optional<T> answer() {
        return switch (this) {
            case Answered<T> answered -> Optional.of(answered.value());
            case Failed<T> failed -> Optional.empty();
        };
    }

    /// It answered.
    record Answered<T>(Endpoint endpoint, T value) implements ServerReply<T> {}

    /// It did not.
    record Failed<T>(Endpoint endpoint, StaddleException why) implements ServerReply<T> {}
}
