package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A script of `examples` or `bench`, which starts processes of its own and checks itself what it
/// claims.
public final class Story {
    private static final long LIMIT_SECONDS = 220;
    private static final int LAST_LINES = 12;
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private Story() {}

    /// Runs a script against the distribution under test, prints what it says, and returns the
    /// claims that did not hold; its last lines if it ended with none and yet not well.
    ///
    /// @param name the folder in `examples`
    /// @param directory for its output
    public static List<String> failed(String name, Path directory, String... options)
            throws IOException, InterruptedException {
        String script = "examples/" + name + "/run.sh";
        return failedOf(script, directory, Map.of(), options);
    }

    /// The same of any script.
    ///
    /// @param script from the root of the checkout
    /// @param settings variables of its environment
    public static List<String> failedOf(
            String script, Path directory, Map<String, String> settings, String... options)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(root().resolve(script).toString());
        words.addAll(List.of(options));
        ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
        Path command = Distribution.home().resolve("bin/staddle");
        process.environment().put("STADDLE_COMMAND", command.toString());
        process.environment().put("STADDLE_JAVA_HOME", JAVA_HOME.toString());
        // Tests run beside it.
        process.environment().put("STORY_SECONDS", Long.toString(LIMIT_SECONDS - 20));
        process.environment().put("STORY_PATIENCE", "3");
        process.environment().putAll(settings);
        Path output = directory.resolve("output");
        Process running = process.redirectOutput(output.toFile()).start();
        try {
            assertThat(running.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
            List<String> lines = Files.readAllLines(output);
            List<String> failed = lines.stream().filter(line -> line.contains("FAILED  ")).toList();
            return running.exitValue() == 0 || !failed.isEmpty()
                    ? failed
                    : lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        } finally {
            running.destroy();
            System.out.println(Files.readString(output));
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("staddle.root", "..")).toAbsolutePath().normalize();
    }
}
