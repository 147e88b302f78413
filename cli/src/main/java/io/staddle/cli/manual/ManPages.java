package io.staddle.cli.manual;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The manual pages of the command line: `staddle(1)`, and one for each topic with all its verbs.
final class ManPages {
    private static final String GLOBAL =
            "Global options, such as \\fB\\-o json\\fR, are told in \\fBstaddle\\fR(1).\n";

    private final StringBuilder page = new StringBuilder();

    private ManPages() {}

    /// Returns the pages by the names of their files.
    static SortedMap<String, String> of(CommandSpec root) {
        SortedMap<String, String> pages = new TreeMap<>();
        pages.put(root.name() + ".1", new ManPages().root(root));
        for (CommandSpec topic : visible(root)) {
            String name = root.name() + "-" + topic.name();
            pages.put(name + ".1", new ManPages().topic(name, topic));
        }
        return pages;
    }

    private String root(CommandSpec root) {
        head(root.name(), root);
        section("SYNOPSIS");
        page.append(".B staddle\n[\\fIOPTIONS\\fR] \\fITOPIC VERB\\fR\n");
        section("TOPICS");
        for (CommandSpec topic : visible(root)) {
            page.append(".TP\n\\fBstaddle\\-").append(topic.name()).append("\\fR(1)\n");
            page.append(text(firstLine(topic))).append('\n');
        }
        section("OPTIONS");
        root.options().stream().filter(option -> !option.hidden()).forEach(this::argument);
        section("EXIT STATUS");
        lines(root.usageMessage().footer());
        return page.toString();
    }

    private String topic(String name, CommandSpec topic) {
        head(name, topic);
        List<CommandSpec> verbs = visible(topic);
        if (verbs.isEmpty()) {
            section("DESCRIPTION");
            verb(topic);
        } else {
            section("VERBS");
            verbs.forEach(this::subsection);
        }
        section("OPTIONS");
        page.append(GLOBAL);
        section("SEE ALSO");
        page.append("\\fBstaddle\\fR(1)\n");
        return page.toString();
    }

    private void subsection(CommandSpec verb) {
        page.append(".SS ").append(text(verb.name())).append('\n');
        verb(verb);
    }

    private void verb(CommandSpec verb) {
        String words =
                verb.positionalParameters().stream()
                        .filter(word -> !word.hidden())
                        .map(ManPages::label)
                        .collect(Collectors.joining(" "));
        page.append(".B ").append(text(verb.qualifiedName())).append('\n');
        page.append("[\\fIOPTIONS\\fR] \\fI").append(text(words)).append("\\fR\n.PP\n");
        lines(verb.usageMessage().description());
        verb.positionalParameters().stream().filter(word -> !word.hidden()).forEach(this::argument);
        verb.options().stream()
                .filter(option -> !option.hidden() && !option.inherited())
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(this::argument);
    }

    private void head(String name, CommandSpec command) {
        page.append(".TH ").append(text(name.toUpperCase(Locale.ROOT)));
        page.append(" 1 \"\" \"Staddle\" \"Staddle\"\n");
        section("NAME");
        page.append(text(name)).append(" \\- ").append(text(firstLine(command))).append('\n');
    }

    private void section(String name) {
        page.append(".SH ").append(name).append('\n');
    }

    private void argument(ArgSpec argument) {
        String label =
                switch (argument) {
                    case OptionSpec option ->
                            Arrays.stream(option.names())
                                            .map(name -> "\\fB" + text(name) + "\\fR")
                                            .collect(Collectors.joining(", "))
                                    + value(option);
                    case PositionalParamSpec word -> "\\fI" + text(label(word)) + "\\fR";
                    case ArgSpec other -> text(label(other));
                };
        page.append(".TP\n").append(label).append('\n');
        lines(argument.description());
    }

    private static String value(OptionSpec option) {
        return option.arity().max() == 0 ? "" : "=\\fI" + text(label(option)) + "\\fR";
    }

    private static String label(ArgSpec argument) {
        return argument.paramLabel();
    }

    private void lines(String... lines) {
        for (String line : lines) {
            page.append(line.isEmpty() ? ".PP" : text(plain(line))).append('\n');
        }
    }

    /// Picocli formats what it shows: `%n`, `%%` and colours.
    private static String plain(String line) {
        return CommandLine.Help.Ansi.OFF.string(line.formatted());
    }

    private static String firstLine(CommandSpec command) {
        String[] lines = command.usageMessage().description();
        return lines.length == 0 ? "" : plain(lines[0]);
    }

    private static List<CommandSpec> visible(CommandSpec parent) {
        return parent.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .toList();
    }

    /// Escapes what troff would take for a request of its own.
    private static String text(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
