package io.staddle.client;

import java.io.Serial;

/// Thrown by [Result#orThrow] when nobody knows whether the command was carried out. It is safe to
/// repeat it.
public final class StaddleUnknownOutcomeException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    StaddleUnknownOutcomeException(String message) {
        super(message);
    }
}
