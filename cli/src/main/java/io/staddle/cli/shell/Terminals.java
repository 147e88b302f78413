package io.staddle.cli.shell;

import java.io.Console;
import java.util.Map;
import java.util.Optional;

/// Which of the three streams are terminals.
public record Terminals(boolean in, boolean out, boolean err) {
    /// None is.
    public static final Terminals NONE = new Terminals(false, false, false);

    /// Returns what bin/staddle found, which the JVM cannot tell for each stream: the variable
    /// `STADDLE_TERMINALS` has the digits of those that are.
    static Terminals of(Map<String, String> env) {
        return Optional.ofNullable(env.get("STADDLE_TERMINALS"))
                .map(digits -> new Terminals(has(digits, 0), has(digits, 1), has(digits, 2)))
                .orElseGet(Terminals::ofTheJvm);
    }

    private static boolean has(String digits, int stream) {
        return digits.contains(Integer.toString(stream));
    }

    private static Terminals ofTheJvm() {
        boolean all = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        return new Terminals(all, all, all);
    }
}
