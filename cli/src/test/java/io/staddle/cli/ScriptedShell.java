package io.staddle.cli;

import io.staddle.cli.shell.Globals;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Shell;
import io.staddle.cli.shell.Terminals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A shell whose output a test can read.
public final class ScriptedShell {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Shell shell;

    /// Creates one without input and without terminals.
    public ScriptedShell() {
        this("", Terminals.NONE);
    }

    /// Creates one in which that was typed.
    public ScriptedShell(String typed, Terminals terminals) {
        shell =
                new Shell(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                        Map.of(),
                        terminals);
    }

    /// Runs the CLI in it.
    public int run(String... args) {
        return StaddleCli.run(shell, args);
    }

    /// Returns it.
    public Shell shell() {
        return shell;
    }

    /// Returns a session with default options.
    public Session session() {
        return new Session(shell, new Globals());
    }

    /// Returns what was written to the standard output.
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Returns what was said.
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
