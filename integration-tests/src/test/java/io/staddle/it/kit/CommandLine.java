package io.staddle.it.kit;

import io.staddle.cli.StaddleCli;
import io.staddle.cli.shell.Shell;
import io.staddle.cli.shell.Terminals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The admin CLI in the process of the test, without a terminal.
public final class CommandLine {
    private CommandLine() {}

    /// What a run came to.
    ///
    /// @param code the exit code
    public record Ran(int code, String out, String err) {}

    /// Runs it.
    ///
    /// @param words the verb and its options, and then options for all runs
    public static Ran run(String[] words, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell =
                new Shell(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InputStream.nullInputStream(),
                        Map.of(),
                        Terminals.NONE);
        String[] all =
                Stream.of(List.of(words), List.of(options))
                        .flatMap(List::stream)
                        .toArray(String[]::new);
        int code = StaddleCli.run(shell, all);
        return new Ran(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
