package io.staddle.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.server.config.ServerConfig;
import io.staddle.server.testing.Configs;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class DataDirectoryTest {
    @TempDir Path directory;
    private ServerConfig config;

    @BeforeEach
    void configure() {
        config = Configs.alone(directory);
    }

    @Test
    void aFormattedDirectoryOpensAsTheSameServerAndIsFreshUntilThereIsALog() throws IOException {
        Identity formatted = DataDirectory.format(config);

        try (DataDirectory data = DataDirectory.open(config)) {
            assertThat(data.identity()).isEqualTo(formatted);
            assertThat(data.isFresh()).isTrue();
            Files.createDirectories(data.raft().resolve("group"));
            assertThat(data.isFresh()).isFalse();
        }
        assertThat(formatted.incarnation()).matches("[0-9a-f]{32}");
        assertThat(Files.getPosixFilePermissions(config.data())).hasSize(3);
    }

    @Test
    void twoFormatsHaveTwoIncarnations() throws IOException {
        Identity first = DataDirectory.format(config);
        Files.delete(config.data().resolve("identity"));

        assertThat(DataDirectory.format(config).incarnation()).isNotEqualTo(first.incarnation());
    }

    @Test
    void formatRefusesADirectoryWithAnythingInItAndLeavesItAsItWas() throws IOException {
        Files.createDirectories(config.data());
        Files.writeString(config.data().resolve("notes.txt"), "mine");

        assertThatThrownBy(() -> DataDirectory.format(config))
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("not empty");
        try (var content = Files.list(config.data())) {
            assertThat(content).hasSize(1);
        }
    }

    @Test
    void runRefusesWhatIsMissingEmptyOrNotFormattedAndSaysWhatToDo() throws IOException {
        assertRefused().hasMessageContaining("is missing").hasMessageContaining("server format");
        Files.createDirectories(config.data());
        assertRefused().hasMessageContaining("is empty").hasMessageContaining("replace the server");
        Files.createDirectories(config.data().resolve("raft"));
        assertRefused().hasMessageContaining("no identity").hasMessageContaining("half");
    }

    @Test
    void runRefusesTheDataOfAnotherServerOrDeployment() {
        DataDirectory.format(config);
        ServerConfig otherDeployment =
                Configs.read(
                        directory,
                        Configs.yaml(directory).replace("deployment: test", "deployment: prod"));
        ServerConfig otherServer =
                Configs.read(directory, Configs.yaml(directory).replace("s1", "s2"));

        assertThatThrownBy(() -> DataDirectory.open(otherDeployment))
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("server s1 of deployment test, not to s1 of prod");
        assertThatThrownBy(() -> DataDirectory.open(otherServer))
                .isInstanceOf(DataRefusedException.class)
                .hasMessageContaining("not to s2 of test");
    }

    @Test
    void runRefusesADamagedIdentity() throws IOException {
        DataDirectory.format(config);
        Path identity = config.data().resolve("identity");
        for (byte[] damaged : new byte[][] {{}, {1, 2, 3}, {(byte) 0xff, (byte) 0xfe}}) {
            Files.write(identity, damaged);
            assertRefused().hasMessageContaining("is damaged");
        }
    }

    @Test
    void aDirectoryInUseIsRefusedUntilItIsClosed() {
        DataDirectory.format(config);
        DataDirectory first = DataDirectory.open(config);

        assertRefused().hasMessageContaining("in use");
        first.close();
        DataDirectory.open(config).close();
    }

    private AbstractThrowableAssert<?, ?> assertRefused() {
        return assertThatThrownBy(() -> DataDirectory.open(config))
                .isInstanceOf(DataRefusedException.class);
    }
}
