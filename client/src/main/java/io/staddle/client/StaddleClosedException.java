package io.staddle.client;

import java.io.Serial;

/// The client was closed before the call had an answer. Of a command that was sent the outcome is
/// unknown.
public final class StaddleClosedException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    StaddleClosedException(String message) {
        super(message);
    }
}
