package io.staddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The manual pages and the completion of shells, as the shell and troff take them.
final class ManualTest {
    private static final Path BASH = Path.of("/bin/bash");

    private final ScriptedShell shell = new ScriptedShell();

    @TempDir private Path directory = Path.of("unset");

    @Test
    void everyTopicHasAPageThatTellsEachOfItsVerbsWithItsOptions() throws IOException {
        assertThat(shell.run("manual", directory.toString())).isZero();

        CommandLine root = StaddleCli.commands(shell.shell(), List.of());
        for (CommandLine topic : visible(root)) {
            String page = page("staddle-" + topic.getCommandName());
            for (CommandLine verb : visible(topic)) {
                assertThat(page).contains(".SS " + escaped(verb.getCommandName()) + "\n");
                verb.getCommandSpec().options().stream()
                        .filter(option -> !option.hidden() && !option.inherited())
                        .filter(option -> !option.usageHelp() && !option.versionHelp())
                        .forEach(
                                option -> assertThat(page).contains(escaped(option.longestName())));
            }
        }
        assertThat(page("staddle")).contains("\\fBstaddle\\-grain\\fR(1)").contains("64 usage");
        assertThat(directory.resolve("staddle-train-aot-cache.1")).doesNotExist();
    }

    @Test
    void noLineOfAPageIsTakenForARequestThatItIsNot() throws IOException {
        assertThat(shell.run("manual", directory.toString())).isZero();

        List<String> requests = List.of(".TH ", ".SH ", ".SS ", ".TP", ".PP", ".B ");
        try (Stream<Path> pages = Files.list(directory)) {
            assertThat(pages.flatMap(ManualTest::lines))
                    .isNotEmpty()
                    .filteredOn(line -> line.startsWith(".") || line.startsWith("'"))
                    .allMatch(line -> requests.stream().anyMatch(line::startsWith))
                    .noneMatch(line -> line.contains("%n") || line.contains("@|"));
        }
    }

    @Test
    void bashCompletesTopicsVerbsAndOptionsAndNothingHidden() throws Exception {
        Files.writeString(directory.resolve("script"), completion());

        assertThat(completed("fail")).contains("failover");
        assertThat(completed("grain", "re")).contains("reassign", "release");
        assertThat(completed("grain", "list", "--pre")).contains("--prefix");
        assertThat(completed("train")).doesNotContain("train-aot-cache");
    }

    private String completion() {
        assertThat(shell.run("completion")).isZero();
        return shell.out();
    }

    /// What bash would offer after these words.
    private List<String> completed(String... words) throws Exception {
        assertThat(BASH).isExecutable();
        String line = "staddle " + String.join(" ", words);
        String script =
                """
                source %s
                COMP_WORDS=(%s) COMP_CWORD=%d COMP_LINE='%s' COMP_POINT=%d
                _complete_staddle
                printf '%%s\\n' "${COMPREPLY[@]}"
                """
                        .formatted(
                                directory.resolve("script"),
                                line,
                                words.length,
                                line,
                                line.length());
        Path out = directory.resolve("out");
        Process bash =
                new ProcessBuilder(BASH.toString(), "-c", script)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return Files.readAllLines(out).stream().map(String::strip).toList();
    }

    private static List<CommandLine> visible(CommandLine parent) {
        return parent.getSubcommands().values().stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private String page(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".1"), StandardCharsets.UTF_8);
    }

    private static Stream<String> lines(Path page) {
        try {
            return Files.readAllLines(page).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String name) {
        return name.replace("-", "\\-");
    }
}
