package io.staddle.client;

import java.io.Serial;

/// The client has as many calls outstanding as it may: this one was not sent.
public final class StaddleOverloadedException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    StaddleOverloadedException(String message) {
        super(message);
    }
}
