package io.staddle.client;

import java.io.Serial;

/// A server does not know the call or says that the request can never be right, or it answered what
/// this client cannot take or does not understand. It is no use to repeat it.
public final class StaddleProtocolException extends StaddleException {
    @Serial private static final long serialVersionUID = 1;

    private final boolean aboutTheRequest;

    StaddleProtocolException(String message) {
        this(message, false);
    }

    StaddleProtocolException(String message, boolean aboutTheRequest) {
        super(message);
        this.aboutTheRequest = aboutTheRequest;
    }

    static StaddleProtocolException notUnderstood(Exception why) {
        return new StaddleProtocolException("the answer is not understood: " + why.getMessage());
    }

    /// Whether the message says what to change in the request: a field that is out of its range, or
    /// too much at a time. Else client and server are of versions that do not fit.
    public boolean isAboutTheRequest() {
        return aboutTheRequest;
    }
}
