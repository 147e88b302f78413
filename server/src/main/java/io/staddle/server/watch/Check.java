package io.staddle.server.watch;

import java.util.List;
import java.util.stream.Collectors;

/// One thing that has to be in order, as `/livez` and `/readyz` tell it.
///
/// @param name stable, in one word
/// @param passes whether it is in order
/// @param why what is wrong; of one that passes, what was found
public record Check(String name, boolean passes, String why) {
    /// Tells whether all pass.
    public static boolean pass(List<Check> checks) {
        return checks.stream().allMatch(Check::passes);
    }

    /// Returns the checks a line each, as Kubernetes writes them, and a last line with the result.
    ///
    /// @param endpoint such as `readyz`
    public static String lines(String endpoint, List<Check> checks) {
        String end = pass(checks) ? " check passed\n" : " check failed\n";
        return checks.stream().map(Check::line).collect(Collectors.joining()) + endpoint + end;
    }

    private String line() {
        return (passes ? "[+]" + name + " ok: " : "[-]" + name + " failed: ") + why + "\n";
    }
}
