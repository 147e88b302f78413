package io.staddle.cli;

import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Globals;
import io.staddle.cli.shell.Shell;
import io.staddle.cli.shell.Texts;
import io.staddle.cli.shell.Verb.Desk;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The command `staddle`.
@Command(
        name = "staddle",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        abbreviateSynopsis = true,
        sortOptions = false,
        usageHelpAutoWidth = false,
        usageHelpWidth = 100,
        versionProvider = Version.class)
public final class StaddleCli {
    @Mixin private final Globals globals = new Globals();

    private StaddleCli() {}

    /// Runs it and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(run(Shell.ofProcess(), args));
    }

    /// Runs it and returns its exit code. Nothing of it is left running.
    public static int run(Shell shell, String... args) {
        CommandLine commands = commands(shell, List.of(args));
        try {
            return commands.execute(args);
        } finally {
            shell.out().flush();
            shell.err().flush();
        }
    }

    /// Returns the command with the topics that `words` name, or all if they name none.
    static CommandLine commands(Shell shell, List<String> words) {
        StaddleCli root = new StaddleCli();
        CommandLine commands =
                Topics.add(new CommandLine(root), new Desk(shell, root.globals), words);
        commands.getCommandSpec()
                .usageMessage()
                .description(
                        "The metadata service for grains: who owns what, since which epoch.", "")
                .synopsisSubcommandLabel("TOPIC VERB")
                .footer(
                        "",
                        "Exit codes: 0 done, 2 refused, 3 unavailable, 4 outcome unknown, 5"
                                + " forbidden, 64 usage.",
                        "To begin: staddle dev, and in another terminal: staddle server list");
        Texts.register(commands);
        HelpPages.apply(commands);
        boolean colours = shell.terminals().out() && shell.variable("NO_COLOR").isEmpty();
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        commands.setParameterExceptionHandler(StaddleCli::explain);
        return commands;
    }

    private static int explain(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        boolean isTopic = !command.getSubcommands().isEmpty();
        err.println("error: " + fault.getMessage());
        if (isTopic && !(fault instanceof UnmatchedArgumentException)) {
            command.usage(err);
        } else if (!UnmatchedArgumentException.printSuggestions(fault, err)) {
            err.println("See: " + name + " --help");
        }
        return ExitCode.USAGE.number();
    }
}
