package io.staddle.cli.shell;

/// What a verb tells the script that called it. Numbers are format: never changed.
public enum ExitCode {
    /// It is done.
    DONE(0),
    /// A fault of the CLI itself or of this machine, such as a full disk.
    FAILED(1),
    /// Staddle refused; nothing was changed.
    REFUSED(2),
    /// No server, no leader, or overloaded; nothing was changed.
    UNAVAILABLE(3),
    /// It may be done or not; the same command may be repeated.
    UNKNOWN(4),
    /// The caller may not do this.
    FORBIDDEN(5),
    /// The command line is wrong.
    USAGE(64);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /// Returns the number.
    public int number() {
        return number;
    }
}
