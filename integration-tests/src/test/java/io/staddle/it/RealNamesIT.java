package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.it.kit.DevPorts;
import io.staddle.it.kit.Story;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `bench/debian-files` with a list of its own: it imports, fails over, exports and compares.
final class RealNamesIT {
    private static final int PLAIN = 1_990;

    @TempDir private Path directory = Path.of("unset");

    @Test
    @Tag("slow")
    void grainsWithOddNamesComeBackAsTheyWere() throws Exception {
        assertThat(imported(PLAIN)).isEmpty();
        assertThat(Files.readString(directory.resolve("output"))).contains("byte for byte");
    }

    private List<String> imported(int plain) throws Exception {
        List<String> odd =
                List.of(
                        "usr/share/a file.txt",
                        "usr/share/\"quoted\".txt",
                        "usr/share/back\\slash",
                        "usr/share/Grüße/日本語.txt",
                        "usr/share/" + "long/".repeat(50) + "name");
        Path contents = directory.resolve("contents");
        Files.write(
                contents,
                Stream.concat(
                                odd.stream(),
                                IntStream.range(0, plain).mapToObj(i -> "usr/bin/program-" + i))
                        .map(path -> path + "    section/package")
                        .toList());
        return Story.failedOf(
                "bench/debian-files",
                directory,
                Map.of(
                        "CONTENTS", contents.toString(),
                        "ROWS", Integer.toString(plain + odd.size()),
                        "PORT", Integer.toString(DevPorts.base())),
                directory.resolve("work").toString());
    }
}
