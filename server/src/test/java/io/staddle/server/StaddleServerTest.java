package io.staddle.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.server.config.ServerConfig;
import io.staddle.server.exit.ExitCode;
import io.staddle.server.testing.Configs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The exit codes of a server that does not start. Those of one that ran are in the tests of real
/// processes.
final class StaddleServerTest {
    @TempDir Path directory;
    private ServerConfig config;

    @BeforeEach
    void configure() {
        config = Configs.alone(directory);
    }

    @Test
    void aCommandLineThatIsNoneIsAMistakeOfTheCaller() {
        assertThat(execute()).isEqualTo(ExitCode.USAGE);
        assertThat(execute("run")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("walk", "--config", "x")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void soIsAFormatOfTheLogThatIsNone() {
        assertThat(StaddleServer.execute(List.of("run"), Map.of("STADDLE_LOG_FORMAT", "xml")))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void soIsAConfigurationThatIsMissingOrWrong() throws IOException {
        assertThat(run()).isNotEqualTo(ExitCode.USAGE);
        Files.writeString(file(), "server: s1\nnonsense: 1\n");
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        Files.delete(file());
        assertThat(run()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aDirectoryIsFormattedOnceAndThenRefused() {
        assertThat(run()).as("not formatted").isEqualTo(ExitCode.DATA_REFUSED);
        assertThat(execute("format", "--config", file().toString())).isEqualTo(ExitCode.OK);
        assertThat(execute("format", "--config", file().toString()))
                .isEqualTo(ExitCode.DATA_REFUSED);
        assertThat(execute("run", "--config", file().toString(), "--format"))
                .as("a start that formats takes no data away")
                .isEqualTo(ExitCode.DATA_REFUSED);
        assertThat(execute("run", "--config", file().toString(), "--wipe"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aBackupThatIsNoneIsRefusedAndLeavesNoDirectory() throws IOException {
        Path backup = Files.writeString(directory.resolve("backup"), "not one");
        String[] restore = {"restore", backup.toString(), "--config", file().toString()};
        assertThat(execute(restore)).isEqualTo(ExitCode.DATA_REFUSED);
        assertThat(execute("format", "--config", file().toString()))
                .as("nothing is in the way")
                .isEqualTo(ExitCode.OK);
        assertThat(execute(restore)).isEqualTo(ExitCode.DATA_REFUSED);
    }

    @Test
    void aRestoreNeedsATimeAndASalvageAYes() {
        String config = file().toString();
        assertThat(execute("restore", "backup", "--config", config, "--at", "noon"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(execute("restore", "backup")).isEqualTo(ExitCode.USAGE);
        assertThat(execute("salvage", "backup", "--config", config)).isEqualTo(ExitCode.USAGE);
        assertThat(execute("salvage", "backup", "--config", config, "--yes"))
                .as("no directory")
                .isEqualTo(ExitCode.DATA_REFUSED);
    }

    @Test
    void aServerThatCannotListenHalts() throws IOException {
        assertThat(execute("format", "--config", file().toString())).isEqualTo(ExitCode.OK);
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(config.raft().socketAddress());
            assertThat(run()).isEqualTo(ExitCode.HALTED);
        }
    }

    private ExitCode run() {
        return execute("run", "--config", file().toString());
    }

    private Path file() {
        return directory.resolve("staddle.yaml");
    }

    private static ExitCode execute(String... args) {
        return StaddleServer.execute(List.of(args), Map.of());
    }
}
