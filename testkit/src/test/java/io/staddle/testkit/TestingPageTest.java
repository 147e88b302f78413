package io.staddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The example in `docs/testing.md` is a test that runs.
final class TestingPageTest {
    @Test
    void theExampleIsTheSourceOfATest() throws IOException {
        String page = Files.readString(Path.of("../docs/testing.md"));
        String source = Files.readString(Path.of("src/test/java/io/staddle/testkit/CartTest.java"));
        String example = source.substring(source.indexOf("@StaddleTest"));
        assertThat(page).contains("```java\n" + example + "```");
    }
}
