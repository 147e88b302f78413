package io.staddle.client;

import java.io.Serial;

/// A server answered what this version of the client does not understand, or does not know the
/// call. It is no use to repeat it.
public final class StaddleProtocolException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    StaddleProtocolException(String message) {
        super(message);
    }

    static StaddleProtocolException notUnderstood(RuntimeException why) {
        return new StaddleProtocolException("the answer is not understood: " + why.getMessage());
    }
}
