package io.staddle.server.access;

import java.io.Serial;

/// Somebody said who they are, and it cannot be so.
public final class UnknownCallerException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    UnknownCallerException(String message) {
        super(message);
    }
}
