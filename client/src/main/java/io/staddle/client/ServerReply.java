package io.staddle.client;

/// What one endpoint said.
public sealed interface ServerReply<T> {
    /// Whom it was asked of.
    Endpoint endpoint();

    /// It answered.
    record Answered<T>(Endpoint endpoint, T value) implements ServerReply<T> {}

    /// It did not.
    record Failed<T>(Endpoint endpoint, StaddleException why) implements ServerReply<T> {}
}
