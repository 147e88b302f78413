package io.staddle.it.history;

import java.util.ArrayList;
import java.util.List;

/// Tries every order: slow, and too simple to be wrong.
final class BruteForce {
    private BruteForce() {}

    static boolean isLinearizable(List<Operation> history) {
        return isLinearizable(history, Register.NEW);
    }

    private static boolean isLinearizable(List<Operation> left, Register register) {
        if (left.stream().allMatch(Operation::isUnknown)) {
            return true;
        }
        for (Operation next : left) {
            if (left.stream().anyMatch(other -> other.endNanos() < next.startNanos())) {
                continue;
            }
            Call.Step step = next.call().on(register);
            if (next.isUnknown() || step.answer().equals(next.answer())) {
                List<Operation> rest = new ArrayList<>(left);
                rest.remove(next);
                if (isLinearizable(rest, step.next())) {
                    return true;
                }
            }
        }
        return false;
    }
}
