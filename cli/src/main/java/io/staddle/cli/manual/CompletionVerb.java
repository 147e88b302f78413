package io.staddle.cli.manual;

import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `completion`
@Command(
        name = "completion",
        description = {
            "Prints a script that has bash or zsh complete topics, verbs and options.",
            "In a shell: source <(staddle completion)"
        })
public final class CompletionVerb extends Verb {
    private final Desk desk;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// Creates it.
    public CompletionVerb(Desk desk) {
        super(desk);
        this.desk = desk;
    }

    @Override
    protected ExitCode run(Session session) {
        desk.shell().out().print(AutoComplete.bash("staddle", spec.root().commandLine()));
        return ExitCode.DONE;
    }
}
