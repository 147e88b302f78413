package io.staddle.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.v1.BackupHeader;
import io.staddle.api.v1.BackupPart;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// A backup is read as it was written, or refused.
final class BackupReaderTest {
    private static final byte[] FIRST = "the marker".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECOND = new byte[1_000];

    @TempDir Path directory;
    private Path file;
    private byte[] whole = {};

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("backup");
        Arrays.fill(SECOND, (byte) 7);
        whole = bytes(header("data-1/000012.sst"));
        Files.write(file, whole);
    }

    @Test
    void allPartsComeBackAsTheyWere() throws IOException {
        Map<String, ByteArrayOutputStream> parts = new TreeMap<>();
        try (BackupReader reader = BackupReader.open(file)) {
            assertThat(reader.header().getDeployment()).isEqualTo("eu");
            reader.readParts(
                    name -> parts.computeIfAbsent(name, same -> new ByteArrayOutputStream()),
                    bytes -> assertThat(bytes).isPositive());
        }
        assertThat(parts)
                .hasEntrySatisfying("STORE", it -> assertThat(it.toByteArray()).isEqualTo(FIRST))
                .hasEntrySatisfying(
                        "data-1/000012.sst", it -> assertThat(it.toByteArray()).isEqualTo(SECOND));
        assertThat(Files.size(file)).isEqualTo(BackupFormat.fileBytes(header("data-1/000012.sst")));
    }

    @Test
    void eachFlippedBitIsFound() throws IOException {
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            Files.write(file, damaged);
            assertRefused("byte " + at);
        }
    }

    @Test
    void eachCutIsFound() throws IOException {
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused("cut off at " + length);
        }
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> BackupReader.verify(file, bytes -> {}))
                .hasMessageContaining("expected " + whole.length + " bytes")
                .hasMessageContaining("the end is missing");
    }

    @Test
    void anotherFileIsNone() throws IOException {
        Files.writeString(file, "{\"type\":\"t\",\"key\":\"k\",\"owner\":\"eu-1\"}\n");
        assertThatThrownBy(() -> BackupReader.open(file))
                .isInstanceOf(BackupDamagedException.class)
                .hasMessageContaining("expected a file that begins with 'staddle-backup 1'");
    }

    @Test
    void nothingIsUnpackedOutsideOfItsDirectory() throws IOException {
        for (String name : new String[] {"../STORE", "/etc/passwd", "a/../../b", "a/b/c", ""}) {
            Files.write(file, bytes(header(name)));
            assertThatThrownBy(() -> BackupReader.open(file))
                    .as(name)
                    .isInstanceOf(BackupDamagedException.class);
        }
    }

    private void assertRefused(String what) {
        assertThatThrownBy(() -> BackupReader.verify(file, bytes -> {}))
                .as(what)
                .isInstanceOf(BackupDamagedException.class)
                .hasMessageContaining("is no whole backup: expected");
    }

    private static BackupHeader header(String second) {
        return BackupHeader.newBuilder()
                .setDeployment("eu")
                .setIndex(1_042)
                .addParts(BackupPart.newBuilder().setName("STORE").setBytes(FIRST.length))
                .addParts(BackupPart.newBuilder().setName(second).setBytes(SECOND.length))
                .build();
    }

    private static byte[] bytes(BackupHeader header) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(BackupFormat.opening(header));
        all.write(FIRST);
        all.write(SECOND);
        MessageDigest sum = BackupFormat.checksum();
        all.write(sum.digest(all.toByteArray()));
        return all.toByteArray();
    }
}
