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
            names = "--ca",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The servers' authority, PEM: connect with TLS. Also STADDLE_CA")
    private String ca = "";

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The certificate to be known by, PEM. Also STADDLE_CERT")
    private String certificate = "";

    @Option(
            names = "--cert-key",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Its private key, PEM. Also STADDLE_CERT_KEY")
    private String key = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "The token to be known by. Also STADDLE_TOKEN_FILE, or the token itself in"
                            + " STADDLE_TOKEN")
    private String tokenFile = "";

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

    /// Returns the file with the servers' authority; empty for none.
    public String ca() {
        return ca;
    }

    /// Returns the file with the certificate to be known by; empty for none.
    public String certificate() {
        return certificate;
    }

    /// Returns the file with its key; empty for none.
    public String key() {
        return key;
    }

    /// Returns the file with the token to be known by; empty for none.
    public String tokenFile() {
        return tokenFile;
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
