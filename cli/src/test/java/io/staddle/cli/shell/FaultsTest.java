package io.staddle.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class FaultsTest {
    @TempDir private Path directory = Path.of("unset");

    @Test
    void whatIsWrongWithAFileIsSaidInWords() throws IOException {
        Path file = Files.createFile(directory.resolve("there"));
        Path none = directory.resolve("none");

        assertThat(Faults.ofFile(failure(() -> Files.createFile(file))))
                .isEqualTo(file + " is there already");
        assertThat(Faults.ofFile(failure(() -> Files.newInputStream(none).close())))
                .isEqualTo("there is no " + none);
        assertThat(Faults.ofFile(failure(() -> Files.newInputStream(file.resolve("x")).close())))
                .contains("Not a directory");
    }

    private static IOException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable of) {
        return catchThrowableOfType(IOException.class, of);
    }
}
