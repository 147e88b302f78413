package io.staddle.cli.shell;

import picocli.CommandLine.Option;

/// Asks before something that is hard to take back. A mixin of the verbs that do such things.
public final class Confirmation {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    /// Returns normally if the user wants it.
    ///
    /// @param what the consequence, as a sentence without a full stop
    /// @param word what to type, besides `y`
    /// @throws CliException if there is nobody to ask, or the answer is another
    public void seek(Shell shell, String what, String word) {
        if (yes) {
            return;
        }
        if (!shell.terminals().in() || !shell.terminals().err()) {
            throw CliException.usage(
                    what + ", and there is no terminal to ask on",
                    "Add --yes if that is what you want.");
        }
        String answer = shell.ask(what + ". Type " + word + " or y to go on: ").orElse("").strip();
        boolean agreed =
                answer.equals(word) || answer.equalsIgnoreCase("y") || answer.equals("yes");
        if (!agreed) {
            throw CliException.usage(
                    "not confirmed, nothing was done", "Type " + word + " or y, or add --yes.");
        }
    }
}
