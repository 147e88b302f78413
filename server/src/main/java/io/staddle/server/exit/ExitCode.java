package io.staddle.server.exit;

/// What the exit code of the process says.
public enum ExitCode {
    /// Stopped as asked.
    OK(0),
    /// The command line or the configuration is wrong; nothing was touched.
    USAGE(64),
    /// The server stopped itself: going on could have lost or corrupted data.
    HALTED(70),
    /// The data directory is missing, empty, foreign, in use, or not the one that the quorum
    /// knows. An operator has to act; starting again does not help.
    DATA_REFUSED(78);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /// Returns the number that the shell sees.
    public int code() {
        return code;
    }
}
