package io.staddle.server.data;

import java.io.Serial;

/// Says that a data directory is not the one to run on, and what an operator can do. Nothing in it
/// has been changed.
public final class DataRefusedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    /// Creates it with what was found and what to do.
    public DataRefusedException(String found, String remedy) {
        super(found + ". " + remedy);
    }

    /// Creates it with what was found, what to do, and what went wrong.
    public DataRefusedException(String found, String remedy, Throwable cause) {
        super(found + ". " + remedy, cause);
    }
}
