package io.staddle.server.front;

import java.util.Locale;

/// What kinds of commands are called in metrics and in the log.
final class Names {
    private Names() {}

    /// Returns such as `fail_over` for `FailOver`.
    static String of(Class<?> kind) {
        return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
