package io.staddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.cli.shell.Terminals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

final class CommandLineTest {
    private static final String NOBODY = "127.0.0.1:1";

    private final ScriptedShell shell = new ScriptedShell();

    @Test
    void theHelpOfEveryVerbIsAsRecorded() throws IOException {
        StringBuilder all = new StringBuilder();
        help(StaddleCli.commands(shell.shell(), List.of()), all);
        Files.writeString(Path.of("target", "help.txt"), all);
        assertThat(all.toString())
                .as("if it is meant so: copy cli/target/help.txt over the recorded one")
                .isEqualTo(recorded());
    }

    /// A list of verbs shows the first line alone.
    @Test
    void theFirstLineOfEveryDescriptionIsAWholeSentence() {
        firstLines(StaddleCli.commands(shell.shell(), List.of()))
                .forEach((verb, line) -> assertThat(line).as(verb).matches(".*[.:]"));
    }

    private static Map<String, String> firstLines(CommandLine commands) {
        Map<String, String> lines = new TreeMap<>();
        commands.getSubcommands()
                .forEach((name, each) -> {
                    String[] description = each.getCommandSpec().usageMessage().description();
                    lines.put(name, description.length == 0 ? "." : description[0]);
                    firstLines(each).forEach((verb, line) -> lines.put(name + " " + verb, line));
                });
        return lines;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    grain lookup                            | Missing required parameter: 'TYPE/KEY'
                    grain lookup cart                       | grain must be written TYPE/KEY
                    grain lookup /x                         | grain type must be 1 to 128 bytes
                    grain loookup cart/1                    | Did you mean: grain lookup
                    grain acquire cart/1                    | --owner=CLUSTER
                    grain acquire cart/1 --owner e/u        | cluster must be
                    grain check cart/1 --owner e --epoch x  | Invalid value for option '--epoch'
                    grain list --prefix x                   | --prefix needs --type
                    grain list --limit 0                    | --limit must be 1 to 1000000
                    cluster list --timeout 5                | a number with ms, s, m, h or d
                    cluster list -o xml                     | expected one of
                    cluster list --endpoints nowhere        | endpoint must be written HOST:PORT
                    cluster pause eu-1                      | a pause needs a reason
                    cluster pause --reason x                | either a cluster or --all was expected
                    cluster resume eu-1 --all               | either a cluster or --all was expected
                    failover apply                          | Missing required parameter: 'PLAN'
                    failover apply a/b                      | plan must be
                    config set epoch                        | KEY=VALUE was expected
                    config set no.such=1                    | there is no setting no.such
                    config set no.such=1                    | See what there is: staddle config get
                    config set node.suspect=1               | Did you mean: node.suspect-after
                    config get balance                      | balance.auto, balance.auto-drain
                    cluster list --as-of 2026-11-23         | (or +01:00)
                    dev --only 4                            | --only must be 1, 2 or 3
                    server run --config x                   | bin/staddle server run
                    grain import no-such-file               | there is no readable file
                    replay append eu --origin us            | either --key or a FILE was expected
                    replay append eu - --key k --origin us  | either --key or a FILE was expected
                    replay append eu no-such --origin us    | there is no readable file
                    replay append eu - --seq 1 --origin us  | --value and --seq belong to --key
                    replay ack eu                           | --through=SEQ
                    replay truncate eu                      | needs a reason
                    replay peek eu --limit 0                | --limit must be 1 to 10000
                    events list --kind grnated              | there are no events of kind grnated
                    events list --limit 0                   | --limit must be 1 to 1000000
                    events export --after x                 | Invalid value for option '--after'
                    timeline --since 2                      | a number with ms, s, m, h or d
                    config raise-level                      | Missing required parameter: 'LEVEL'
                    nothing                                 | Unmatched argument
                    """)
    void aWrongCommandLineIsExplainedWithExitCode64(String line, String why) {
        assertThat(shell.run(line.split(" ", -1))).isEqualTo(64);
        assertThat(shell.err()).contains(why);
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    events list --scope a/b                 | scope must be
                    grain audit                             | Missing required parameter: 'FILE'
                    grain audit no-such-file                | there is no readable file
                    grain audit pom.xml --limit 0           | --limit must be 1 to 100000
                    grain audit pom.xml --revision 1.x      | 1.x is no revision
                    grain audit pom.xml                     | pom.xml, line 1: column 1: expected {
                    barrier show                            | SCOPE[/EPOCH]
                    barrier show s/x                        | a barrier must be written SCOPE/EPOCH
                    barrier show s/0                        | epoch must be
                    barrier list --limit 0                  | --limit must be 1 to 1000
                    barrier begin s                         | --checkpoint=NAME
                    barrier ack s/1 --node a --failed X     | needs a reason
                    barrier commit s/1                      | needs a reason
                    barrier abort s/1                       | needs a reason
                    barrier configure s --watermarks x      | expected one of
                    """)
    void aWrongCommandLineAboutBarriersOrClaimsIsExplainedWithExitCode64(String line, String why) {
        aWrongCommandLineIsExplainedWithExitCode64(line, why);
    }

    @Test
    void nobodyListeningIsUnavailableWithExitCode3() {
        assertThat(shell.run("grain", "count", "--endpoints", NOBODY, "--timeout", "300ms"))
                .isEqualTo(3);
        assertThat(shell.err()).contains("unavailable:").contains("staddle server list");
    }

    @Test
    void everyServerIsListedThoughNoneAnswers() {
        int code =
                shell.run(
                        "server",
                        "list",
                        "-o",
                        "json",
                        "--endpoints",
                        NOBODY,
                        "--timeout",
                        "300ms");
        assertThat(code).isEqualTo(3);
        assertThat(shell.out()).contains("\"role\": \"UNREACHABLE\"");
    }

    @Test
    void aDestructiveVerbAsksAndTakesNoForAnAnswer() {
        Terminals all = new Terminals(true, true, true);
        ScriptedShell typed = new ScriptedShell("no\n", all);
        var confirmation = new io.staddle.cli.shell.Confirmation();
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> confirmation.seek(typed.shell(), "This removes x", "x")))
                .hasMessage("not confirmed, nothing was done");
        confirmation.seek(new ScriptedShell("x\n", all).shell(), "This removes x", "x");
        confirmation.seek(new ScriptedShell("y\n", all).shell(), "This removes x", "x");
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(
                                () -> confirmation.seek(shell.shell(), "This removes x", "x")))
                .hasMessage("This removes x, and there is no terminal to ask on");
    }

    @Test
    void theTrainingForTheAotCacheNeedsNobody() {
        assertThat(shell.run("train-aot-cache")).isZero();
    }

    private static void help(CommandLine command, StringBuilder to) {
        to.append(command.getUsageMessage(CommandLine.Help.Ansi.OFF)).append('\n');
        Map<String, CommandLine> verbs = new TreeMap<>(command.getSubcommands());
        verbs.values().stream()
                .filter(verb -> !verb.getCommandSpec().usageMessage().hidden())
                .forEach(verb -> help(verb, to));
    }

    private static String recorded() {
        try (InputStream in = CommandLineTest.class.getResourceAsStream("help.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
