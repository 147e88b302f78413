package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.it.kit.CommandLine;
import io.staddle.server.config.AccessMode;
import io.staddle.server.config.ConfigException;
import io.staddle.server.config.ConfigFile;
import io.staddle.server.config.ServerConfig;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What keeps a server from starting with certificates that would not protect it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsSettingsTest {
    @TempDir static Path directory;
    private Path made = Path.of("");
    private Path certs = Path.of("");

    @BeforeAll
    void make() {
        made = directory.resolve("authorities");
        cli("certs", "init", made.toString());
        certify("s1", "90");
        certify("s2", "90");
        certify("over", "0");
    }

    @BeforeEach
    void copy() throws IOException {
        certs = Files.createTempDirectory(directory, "certs");
        try (Stream<Path> files = Files.list(made.resolve("s1"))) {
            for (Path file : files.toList()) {
                take(file, file.getFileName().toString());
            }
        }
    }

    @Test
    void aServerMayListenAnywhereWithCertificatesAndEnforcedAccess() {
        ServerConfig config = read("10.0.0.1", "access:\n  mode: enforced\n");

        assertThat(config.access()).isEqualTo(AccessMode.ENFORCED);
        assertThat(config.tls()).isPresent();
    }

    @Test
    void aServerMayListenAnywhereIfClientsMustShowACertificate() {
        assertThat(read("10.0.0.1", "tls:\n  client-auth: required\n").tls()).isPresent();
    }

    @Test
    void whereEverybodyMayDoEverythingAServerStaysOnLoopback() {
        refused("10.0.0.1", "", "api must be a loopback address", "Set access.mode: enforced");
        assertThat(read("127.0.0.1", "").access()).isEqualTo(AccessMode.OPEN);
        assertThat(read("10.0.0.1", "insecure-i-understand: true\n").insecure()).isTrue();
    }

    @Test
    void accessIsNotEnforcedWithoutTls() {
        assertThatThrownBy(() -> parse(head("127.0.0.1") + "access:\n  mode: enforced\n"))
                .hasMessageContaining("access.mode must be open without the files of tls");
    }

    @Test
    void allFilesAreNamedOrNone() {
        String yaml = head("127.0.0.1") + tls().replaceAll("(?m)^  key: .*\n", "");

        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tls.key must be set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.crt",
                "api.key",
                "peer.crt",
                "peer.key",
                "clients-ca.crt",
                "peers-ca.crt"
            })
    void eachFileMustBeThereAndBePem(String file) throws IOException {
        Files.writeString(certs.resolve(file), "nothing of use");
        refused("127.0.0.1", "", certs.resolve(file).toString(), "must be");

        Files.delete(certs.resolve(file));
        refused("127.0.0.1", "", certs.resolve(file) + " does not exist");
    }

    @Test
    void aKeyOfAnotherCertificateIsNone() throws IOException {
        take(made.resolve("s2/api.key"), "api.key");
        refused("127.0.0.1", "", "tls.key", "must be the key of the certificate in");
    }

    @Test
    void aKeyThatOthersMayReadIsNone() throws IOException {
        Files.setPosixFilePermissions(
                certs.resolve("peer.key"), PosixFilePermissions.fromString("rw-r--r--"));
        refused("127.0.0.1", "", "tls.peer-key", "must not be open to others", "chmod 600");
    }

    @Test
    void aCertificateThatHasExpiredIsNone() throws IOException {
        take(made.resolve("over/api.crt"), "api.crt");
        take(made.resolve("over/api.key"), "api.key");
        refused("127.0.0.1", "", "tls.certificate", "must be valid now, expired at");
    }

    @Test
    void aServerHasTheCertificateOfNoOther() throws IOException {
        take(made.resolve("s2/peer.crt"), "peer.crt");
        take(made.resolve("s2/peer.key"), "peer.key");
        refused("127.0.0.1", "", "URI:staddle://prod/s1", "has staddle://prod/s2");
    }

    @Test
    void aCertificateForClientsOfAServerIsNoneForServers() throws IOException {
        take(certs.resolve("api.crt"), "peer.crt");
        take(certs.resolve("api.key"), "peer.key");
        refused("127.0.0.1", "", "tls.peer-certificate", "URI:staddle://prod/s1", "has none");
    }

    @Test
    void clientsAndServersHaveAuthoritiesOfTheirOwn() throws IOException {
        take(certs.resolve("peers-ca.crt"), "clients-ca.crt");
        refused("127.0.0.1", "", "tls.peer-ca", "must be another authority than that of clients");
    }

    @Test
    void theServersAuthorityHasSignedTheServersCertificate() throws IOException {
        Files.copy(
                certs.resolve("clients-ca.crt"),
                certs.resolve("peers-ca.crt"),
                StandardCopyOption.REPLACE_EXISTING);
        Path other = directory.resolve("others");
        if (!Files.exists(other)) {
            cli("certs", "init", other.toString());
        }
        take(other.resolve("clients-ca.crt"), "clients-ca.crt");
        refused("127.0.0.1", "", "tls.peer-certificate", "must be signed by tls.peer-ca");
    }

    @Test
    void authoritiesAreNotMadeTwiceInOnePlace() {
        CommandLine.Ran again = CommandLine.run(new String[] {"certs", "init", made.toString()});

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("a directory without authorities was expected");
    }

    private void take(Path file, String as) throws IOException {
        Files.copy(
                file,
                certs.resolve(as),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void refused(String host, String more, String... words) {
        assertThatThrownBy(() -> read(host, more))
                .isInstanceOf(ConfigException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(List.of(words)));
    }

    private ServerConfig read(String host, String more) {
        boolean merged = more.startsWith("tls:\n");
        return parse(
                merged
                        ? head(host) + tls() + more.substring("tls:\n".length())
                        : head(host) + more + tls());
    }

    private ServerConfig parse(String yaml) {
        try {
            Path file = directory.resolve("staddle.yaml");
            Files.writeString(file, yaml);
            return ConfigFile.read(file, Map.of());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(String host) {
        return """
        server: s1
        deployment: prod
        data: /var/lib/staddle
        servers:
          - {id: s1, api: "HOST:7400", raft: "HOST:7500"}
        """
                .replace("HOST", host);
    }

    private String tls() {
        return """
        tls:
          certificate: DIR/api.crt
          key: DIR/api.key
          client-ca: DIR/clients-ca.crt
          peer-certificate: DIR/peer.crt
          peer-key: DIR/peer.key
          peer-ca: DIR/peers-ca.crt
        """
                .replace("DIR", certs.toString());
    }

    private void certify(String server, String days) {
        String folder = made.toString();
        cli("certs", "server", folder, server, "--deployment", "prod", "--days", days);
    }

    private static void cli(String... words) {
        CommandLine.Ran ran = CommandLine.run(words);
        assertThat(ran.code()).as(ran.err()).isZero();
    }
}
