package io.staddle.client;

import java.io.Serial;

/// Thrown by whoever was asked for a vShard that it does not serve, or not in that epoch.
public final class WrongOwnerException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    /// Creates it.
    public WrongOwnerException(String message) {
        super(message);
    }
}
