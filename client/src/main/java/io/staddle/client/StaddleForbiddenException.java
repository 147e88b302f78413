package io.staddle.client;

import java.io.Serial;

/// The servers do not know the caller, or do not let it do this.
public final class StaddleForbiddenException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    StaddleForbiddenException(String message) {
        super(message);
    }
}
