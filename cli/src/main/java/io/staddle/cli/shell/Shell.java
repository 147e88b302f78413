package io.staddle.cli.shell;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// What the CLI was started in: its streams and its environment.
///
/// @param out for data
/// @param err for talk
/// @param in for answers to questions, and for rows to import
public record Shell(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> env,
        Terminals terminals) {

    /// Returns the shell of this process. Output is UTF-8, whatever the locale, because it is read
    /// back: by scripts and by `grain import`.
    public static Shell ofProcess() {
        Map<String, String> env = System.getenv();
        return new Shell(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.in,
                env,
                Terminals.of(env));
    }

    /// Returns a variable of the environment, if it is set to something.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isEmpty());
    }

    /// Says something to the user.
    public void say(String line) {
        err.println(line);
        err.flush();
    }

    /// Asks the user and returns the answer; empty at the end of the input.
    Optional<String> ask(String question) {
        err.print(question);
        err.flush();
        try {
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                            .readLine());
        } catch (java.io.IOException unreadable) {
            return Optional.empty();
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
                false,
                StandardCharsets.UTF_8);
    }
}
