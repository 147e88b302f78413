package io.staddle.cli.shell;

/// A verb of the server's own JVM, which bin/staddle starts with it. It is here for its help only.
public abstract class ServerVerb extends Verb {
    private final String line;

    /// Creates it.
    ///
    /// @param line how it is started, behind `bin/staddle`
    protected ServerVerb(Desk desk, String line) {
        super(desk);
        this.line = line;
    }

    /// Returns what it was started with, for the error.
    protected abstract String given();

    @Override
    protected final ExitCode run(Session session) {
        throw CliException.usage(
                "this is not for the CLI's JVM (" + given() + ")",
                "Start it with: bin/staddle " + line);
    }
}
