package io.staddle.cli.shell;

import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;

import java.io.Serial;

/// Thrown by a verb that cannot go on, with what the user is to be told.
public final class CliException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final ExitCode code;
    private final String next;

    private CliException(ExitCode code, String message, String next) {
        super(message);
        this.code = code;
        this.next = next;
    }

    /// The user asked for something that cannot be done as asked.
    ///
    /// @param message what was expected and what was found
    /// @param next what to do about it, in a sentence
    public static CliException usage(String message, String next) {
        return new CliException(ExitCode.USAGE, message, next);
    }

    /// What the user asked for is not there, or stands against it.
    ///
    /// @param message what was expected and what was found
    /// @param next what to do about it, in a sentence
    public static CliException refused(String message, String next) {
        return new CliException(ExitCode.REFUSED, message, next);
    }

    /// There is no such thing, in the words that servers have for it.
    ///
    /// @param kind what it would be
    /// @param next where to see which there are, in a sentence
    public static CliException notFound(String kind, Object name, String next) {
        RefusalText text = RefusalText.of(new Refusal.NotFound(kind, name.toString()));
        return refused(Faults.told(text), next);
    }

    /// Servers that are needed are not there.
    ///
    /// @param message what was expected and what was found
    /// @param next what to do about it, in a sentence
    public static CliException unavailable(String message, String next) {
        return new CliException(ExitCode.UNAVAILABLE, message, next);
    }

    /// Nobody knows how it ended.
    ///
    /// @param message what was expected and what was found
    /// @param next what to do about it, in a sentence
    public static CliException unknown(String message, String next) {
        return new CliException(ExitCode.UNKNOWN, message, next);
    }

    ExitCode code() {
        return code;
    }

    String next() {
        return next;
    }
}
