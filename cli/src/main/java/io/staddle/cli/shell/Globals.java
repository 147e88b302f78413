package io.staddle.cli.shell;

import io.staddle.cli.output.Format;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

import java.time.Duration;

/// The options that every verb has, before or after its name.
public final class Globals {
    private static final String DEFAULT_ENDPOINTS = "127.0.0.1:7400,127.0.0.1:7401,127.0.0.1:7402";

    @Option(
            names = "--endpoints",
            paramLabel = "HOST:PORT,...",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:STADDLE_ENDPOINTS:-" + DEFAULT_ENDPOINTS + "}",
            description =
                    "The servers to ask; one is enough to find the others."
                            + " Also STADDLE_ENDPOINTS. Default: "
                            + DEFAULT_ENDPOINTS)
    private String endpoints = DEFAULT_ENDPOINTS;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "table for people, json or yaml for scripts. Default: table")
    private Format format = Format.TABLE;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            description = "The longest that a call may take, such as 500ms or 5s. Default: 5s")
    private Duration timeout = Duration.ofSeconds(5);

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            scope = ScopeType.INHERIT,
            description = "Why; kept in the history with every change.")
    private String reason = "";

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            defaultValue = "${sys:user.name}",
            description = "Who; kept in the history with every change. Default: the user's name")
    private String actor = "";

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "No colours on a terminal either. Also NO_COLOR")
    private boolean noColor;

    /// Returns the servers to ask, as text.
    public String endpoints() {
        return endpoints;
    }

    /// Returns how answers are written.
    public Format format() {
        return format;
    }

    /// Returns the longest that a call may take.
    public Duration timeout() {
        return timeout;
    }

    /// Returns why changes are made; may be empty.
    public String reason() {
        return reason;
    }

    /// Returns who makes changes.
    public String actor() {
        return actor;
    }

    /// Tells whether colours were declined on the command line.
    public boolean noColor() {
        return noColor;
    }
}
