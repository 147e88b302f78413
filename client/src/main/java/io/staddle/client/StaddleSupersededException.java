package io.staddle.client;

import java.io.Serial;

/// Another [ReplayProducer] has begun for the same queue and origin: this one appends nothing any
/// more. The write was not sent.
public final class StaddleSupersededException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    StaddleSupersededException(String message) {
        super(message);
    }
}
