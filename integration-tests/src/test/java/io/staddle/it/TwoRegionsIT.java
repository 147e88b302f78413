package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.it.kit.Distribution;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The demonstration in `examples/two-regions`, which checks itself what it claims.
final class TwoRegionsIT {
    private static final long LIMIT_SECONDS = 180;
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir private Path directory = Path.of("unset");

    @Test
    void allClaimsOfTheDemonstrationHold() throws Exception {
        assertThat(run()).as("the exit code; see the output above").isZero();
    }

    @Test
    @Tag("soak")
    void aStoreThatChecksNothingMakesTheDemonstrationFail() throws Exception {
        assertThat(run("--unchecked")).as("the exit code; see the output above").isEqualTo(1);
    }

    private int run(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(script().toString());
        words.addAll(List.of(options));
        ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
        Path command = Distribution.home().resolve("bin/staddle");
        process.environment().put("STADDLE_COMMAND", command.toString());
        process.environment().put("STADDLE_JAVA_HOME", JAVA_HOME.toString());
        Path output = directory.resolve("output");
        Process running = process.redirectOutput(output.toFile()).start();
        try {
            assertThat(running.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
            return running.exitValue();
        } finally {
            running.destroy();
            System.out.println(Files.readString(output));
        }
    }

    private static Path script() {
        Path root = Path.of(System.getProperty("staddle.root", "..")).toAbsolutePath().normalize();
        return root.resolve("examples/two-regions/run.sh");
    }
}
