package io.staddle.client;

import java.io.Serial;

/// The deadline of a query passed while a server was still to answer it.
public final class StaddleDeadlineException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    StaddleDeadlineException(String message) {
        super(message);
    }
}
