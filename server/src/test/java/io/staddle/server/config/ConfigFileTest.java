package io.staddle.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

final class ConfigFileTest {
    private static final String MINIMAL =
            """
            server: b
            deployment: prod
            data: /var/lib/staddle
            servers:
              - {id: a, api: "127.0.0.1:7400", raft: "127.0.0.1:7500"}
              - {id: b, api: "127.0.0.1:7401", raft: "127.0.0.1:7501"}
              - {id: c, api: "127.0.0.1:7402", raft: "127.0.0.1:7502"}
            """;

    @TempDir Path directory;

    @Test
    void aMinimalFileHasDefaultsAndListensWhereTheListSays() {
        ServerConfig config = read(MINIMAL, Map.of());

        assertThat(config.api()).hasToString("127.0.0.1:7401");
        assertThat(config.raft()).hasToString("127.0.0.1:7501");
        assertThat(config.others()).extracting(each -> each.id().value()).containsExactly("a", "c");
        assertThat(config.limits())
                .isEqualTo(
                        new Limits(
                                32_768,
                                64 << 20,
                                10_000,
                                1_024,
                                512 << 10,
                                3,
                                16,
                                65_536,
                                4 << 20,
                                10_000,
                                10_000,
                                10,
                                new CallerLimits(10_000, 8_192, 1_000, 50_000),
                                256 << 20));
        assertThat(config.election()).isEqualTo(new Election(300, 600));
        assertThat(config.rocksdb()).isEqualTo(new RocksBudget(64 << 20, 64 << 20));
        assertThat(config.snapshots()).isEqualTo(new Snapshots(400_000, 64 << 20));
        assertThat(config.insecure()).isFalse();
        assertThat(config.tracing()).isEqualTo(new TraceSettings(Optional.empty(), 0));
    }

    @Test
    void theFileOverridesDefaultsAndTheEnvironmentOverridesTheFile() {
        String yaml = MINIMAL + "limits:\n  page-size: 500\n  message-bytes: 1MiB\n";
        Map<String, String> environment =
                Map.of(
                        "STADDLE_LIMITS_PAGE_SIZE", "600",
                        "STADDLE_SERVER", "c",
                        "STADDLE_SERVERS_2_API", "127.0.0.1:9000",
                        "STADDLE_SERVER_OPTS", "-Xmx1g");

        ServerConfig config = read(yaml, environment);

        assertThat(config.limits().pageSize()).isEqualTo(600);
        assertThat(config.limits().messageBytes()).isEqualTo(1 << 20);
        assertThat(config.self().id().value()).isEqualTo("c");
        assertThat(config.api()).hasToString("127.0.0.1:9000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    server                       | d         | one of the servers [a, b, c]
                    server                       | a/b       | letters, digits
                    deployment                   | 'p q'     | 1 to 64 of
                    api                          | nowhere   | HOST:PORT
                    api                          | 'h:99999' | port of 1 to 65535
                    raft                         | ':7500'   | HOST:PORT
                    insecure-i-understand        | yes!      | true or false
                    limits.commands-in-flight    | 9999      | from 10000 to 1000000
                    limits.bytes-in-flight       | 1MiB      | from 4194304 to 1073741824
                    limits.batch-commands        | 0         | from 1 to 100000
                    limits.entry-commands        | 10001     | from 1 to 10000
                    limits.entry-bytes           | 1023      | from 1024 to 3145728
                    limits.entries-in-flight     | 65        | from 1 to 64
                    limits.pipelined-commands    | 0         | from 1 to 10000
                    limits.queries-in-flight     | -1        | from 10000 to 1000000
                    limits.message-bytes         | 65MiB     | from 65536 to 67108864
                    limits.page-size             | ten       | from 1 to 100000
                    limits.deadline-millis       | 99        | from 100 to 600000
                    limits.vital-percent         | 51        | from 0 to 50
                    limits.connections           | 1000001   | from 1 to 1000000
                    limits.calls-per-connection  | 15        | from 16 to 65536
                    limits.watches-per-connection| 65537     | from 1 to 65536
                    limits.watches               | 0         | from 1 to 1000000
                    limits.disk-reserve-bytes    | 1025GiB   | from 0 to 1099511627776
                    election.min-millis          | 49        | from 50 to 60000
                    election.max-millis          | 300       | from 301 to 120000
                    rocksdb.block-cache-bytes    | 1KiB      | from 8388608
                    rocksdb.write-buffer-bytes   | 99GiB     | from 4194304 to 68719476736
                    snapshot.entries             | 99        | from 100 to 100000000
                    snapshot.bytes               | 1KiB      | from 1048576 to 17179869184
                    tracing.otlp-endpoint        | here:4318 | http://HOST:PORT
                    tracing.otlp-endpoint        | 'http://h' | http://HOST:PORT
                    tracing.sample-ratio         | 1.1       | from 0 to 1
                    tracing.sample-ratio         | -0.1      | from 0 to 1
                    """)
    void aWrongValueStopsTheStartWithKeyRangeAndValue(String key, String value, String range) {
        Map<String, String> environment = Map.of(Overrides.variable(key), value);

        assertThatThrownBy(() -> read(MINIMAL, environment))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(range)
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "deployment", "data", "servers"})
    void aMissingKeyStopsTheStart(String key) {
        String yaml = MINIMAL.replace(key + ":", "limits.page-size: 1\n" + key + "x:");

        assertThatThrownBy(() -> read(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining("not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sever: a", "limits:\n  page-sise: 1", "raft-port: 7500"})
    void anUnknownKeyStopsTheStart(String line) {
        String key = line.startsWith("limits") ? "limits.page-sise" : line.split(":", 2)[0];

        assertThatThrownBy(() -> read(MINIMAL + line + "\n", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key " + key);
    }

    @Test
    void anUnknownKeyOfAServerStopsTheStart() {
        String yaml = MINIMAL.replace("{id: c,", "{id: c, ip: x,");

        assertThatThrownBy(() -> read(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("unknown key servers[2].ip");
    }

    @Test
    void aVariableThatLooksLikeAKeyAndIsNoneStopsTheStart() {
        assertThatThrownBy(() -> read(MINIMAL, Map.of("STADDLE_LIMITS_PAGESIZE", "5")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("STADDLE_LIMITS_PAGESIZE");
    }

    @Test
    void serversAreUnique() {
        assertThatThrownBy(() -> read(MINIMAL.replace("7402", "7401"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("servers[2].api must be unique");
    }

    @Test
    void anAddressThatOthersReachNeedsTheOperatorsWord() {
        String yaml = MINIMAL + "api: 0.0.0.0:7401\n";

        assertThatThrownBy(() -> read(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("api must be a loopback address, is \"0.0.0.0:7401\"")
                .hasMessageContaining("insecure-i-understand: true");
        assertThat(read(yaml + "insecure-i-understand: true\n", Map.of()).api().host())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void aFileThatIsMissingOrNoYamlStopsTheStart() {
        assertThatThrownBy(() -> ConfigFile.read(directory.resolve("none.yaml"), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.yaml");
        assertThatThrownBy(() -> read("server: [a", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no YAML");
    }

    private ServerConfig read(String yaml, Map<String, String> environment) {
        Path file = directory.resolve("staddle.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return ConfigFile.read(file, environment);
    }
}
