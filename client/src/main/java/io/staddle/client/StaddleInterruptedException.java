package io.staddle.client;

import java.io.Serial;

/// The thread was interrupted while it waited; its interrupt flag is set again. Of a command the
/// outcome is unknown.
public final class StaddleInterruptedException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    /// Creates it.
    public StaddleInterruptedException(String message) {
        super(message);
    }
}
