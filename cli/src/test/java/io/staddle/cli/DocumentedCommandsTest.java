package io.staddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The commands in the documents are such as the command line takes: each verb and each option is
/// there, and what stands in a block can be typed as it stands. What they do is shown by `CliIT`
/// and its kin.
final class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?s)```\\w*\n(.*?)```");
    private static final Pattern IN_BLOCK =
            Pattern.compile("(?m)^ *(?:\\$ )?(?:[\\w./-]*/)?staddle +(.*)$");
    private static final Pattern INLINE = Pattern.compile("`(?:\\./|bin/)?staddle ([^`\n]*)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /// Where the command of a shell ends.
    private static final Pattern END = Pattern.compile("#.*|[<>|;&].*");

    /// What a reader is to replace, or what is left out.
    private static final Pattern PLACEHOLDER = Pattern.compile(".*…|\\.\\.\\.|\\[.*|[A-Z/]+");

    /// What bin/staddle alone knows.
    private static final List<String> OF_THE_SCRIPT = List.of("server", "train-aot-cache");

    private final CommandLine commands =
            StaddleCli.commands(new ScriptedShell().shell(), List.of());
    private final List<String> wrong = new ArrayList<>();

    @Test
    void whatStandsInABlockCanBeTyped() throws IOException {
        int commands = 0;
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page).replaceAll("\\\\\n *", " "));
            while (block.find()) {
                Matcher command = IN_BLOCK.matcher(block.group(1));
                while (command.find()) {
                    commands++;
                    check(page, command.group(1));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).isGreaterThan(80);
    }

    @Test
    void eachVerbAndOptionInASentenceIsThere() throws IOException {
        int commands = 0;
        for (Path page : pages()) {
            Matcher command = INLINE.matcher(BLOCK.matcher(Files.readString(page)).replaceAll(""));
            while (command.find()) {
                commands++;
                checkNames(page, words(command.group(1)));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).isGreaterThan(80);
    }

    @Test
    void whatIsWrongIsFound() {
        Path page = Path.of("page.md");
        check(page, "grain aquire cart/42 --owner eu-1");
        check(page, "grain acquire cart/42 --owner eu-1 --lease-for 5s");
        check(page, "grain acquire cart/42");
        checkNames(page, words("failover undo"));
        checkNames(page, words("failover evacuate eu --kind cart"));
        assertThat(wrong).hasSize(5);
        check(page, "grain acquire cart/42 --owner eu-1   # the first");
        checkNames(page, words("failover evacuate"));
        assertThat(wrong).hasSize(5);
    }

    private void check(Path page, String line) {
        List<String> words = words(line);
        if (words.equals(OF_THE_SCRIPT)) {
            return;
        }
        if (words.stream().anyMatch(PLACEHOLDER.asMatchPredicate())) {
            checkNames(page, words);
            return;
        }
        try {
            commands.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            wrong.add("%s: staddle %s: %s".formatted(page, line, e.getMessage()));
        }
    }

    /// Looks at verbs and options alone.
    private void checkNames(Path page, List<String> words) {
        if (words.equals(OF_THE_SCRIPT)) {
            return;
        }
        CommandLine command = commands;
        for (String word : words) {
            Optional<CommandLine> verb = Optional.ofNullable(command.getSubcommands().get(word));
            if (verb.isEmpty() && !isKnown(command, word)) {
                wrong.add("%s: staddle %s: %s".formatted(page, String.join(" ", words), word));
                return;
            }
            command = verb.orElse(command);
        }
    }

    /// What is neither an option nor where a verb is to be is a parameter.
    private static boolean isKnown(CommandLine command, String word) {
        return word.startsWith("-")
                ? command.getCommandSpec().optionsMap().containsKey(word.split("=", 2)[0])
                : command.getSubcommands().isEmpty() || PLACEHOLDER.matcher(word).matches();
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            boolean quoted = word.group(1) != null;
            if (!quoted && END.matcher(word.group(2)).matches()) {
                break;
            }
            words.add(quoted ? word.group(1) : word.group(2));
        }
        return words;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"), 2);
                Stream<Path> examples = Files.walk(ROOT.resolve("examples"), 2)) {
            Stream.concat(docs, examples)
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/adr/"))
                    .sorted()
                    .forEach(pages::add);
        }
        return pages;
    }
}
