package io.staddle.statemachine.machine;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What a random history has done so far.
final class Steps {
    private static final int TOLD = 30;

    private Steps() {}

    /// Says what and after which steps, if it comes to that: most comparisons find no difference.
    static Supplier<String> after(String what, List<String> steps) {
        return () ->
                steps.stream()
                        .skip(Math.max(0, steps.size() - TOLD))
                        .collect(
                                Collectors.joining(
                                        System.lineSeparator() + "  ", what + " after ", ""));
    }
}
