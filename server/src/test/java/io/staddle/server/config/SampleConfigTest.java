package io.staddle.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The sample configuration that is shipped.
final class SampleConfigTest {
    private static final Path SAMPLE = Path.of("..", "deploy", "conf", "staddle.yaml");

    @TempDir Path directory;

    @Test
    void theSampleCanBeUsedAsItIs() {
        assertThat(ConfigFile.read(SAMPLE, Map.of()).deployment()).isEqualTo("example");
    }

    @Test
    void whatIsCommentedOutInTheSampleAreAllOtherKeysWithTheirDefaults() throws IOException {
        ServerConfig sample = ConfigFile.read(SAMPLE, Map.of());
        Path all = directory.resolve("all.yaml");
        Files.writeString(
                all, Files.readString(SAMPLE).replaceAll("(?m)^# (?=[ a-z-]+: *\\S*)", ""));

        assertThat(ConfigFile.read(all, Map.of())).isEqualTo(sample);
        assertThat(Files.readString(all)).contains("\ninsecure-i-understand: ", "\n  page-size: ");
    }
}
