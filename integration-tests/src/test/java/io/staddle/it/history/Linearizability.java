package io.staddle.it.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides whether a history is linearizable, from what callers saw and nothing else.
///
/// After Wing and Gong (1993) with Lowe's memory of what was tried (2017): take any call that no
/// other call ended before, if it answers as the register does, and go on; go back if that leads
/// nowhere. Grains are independent, so each is decided alone. Calls that change nothing are taken
/// as soon as they fit, which never spoils anything; calls of unknown outcome are tried last, and
/// may be left over.
final class Linearizability {
    private static final int STEPS_MAX = 5_000_000;

    private final List<Operation> operations;
    private final BitSet taken;
    private final Set<Tried> tried = new HashSet<>();
    private int longest;
    private BitSet longestTaken = new BitSet();
    private int steps;

    /// What was taken so far, and what the register was then.
    private record Tried(BitSet taken, Register register) {}

    /// A choice that can be taken back: what was taken before it, what the register was then, and
    /// what can be taken next, in the order in which it is tried.
    private static final class Choice {
        final BitSet before;
        final Register register;
        final List<Integer> candidates;
        int next;

        Choice(BitSet before, Register register, List<Integer> candidates) {
            this.before = before;
            this.register = register;
            this.candidates = candidates;
        }
    }

    private Linearizability(List<Operation> ofOneGrain) {
        operations =
                ofOneGrain.stream()
                        .filter(each -> !(each.isUnknown() && each.call().isRead()))
                        .sorted(Comparator.comparingLong(Operation::startNanos))
                        .toList();
        taken = new BitSet(operations.size());
    }

    /// Returns what is wrong with the history; empty if every grain's is linearizable.
    static List<String> check(List<Operation> history) {
        Map<String, List<Operation>> byGrain =
                history.stream().collect(Collectors.groupingBy(Operation::grain));
        List<String> wrong = new ArrayList<>();
        byGrain.forEach((grain, operations) ->
                new Linearizability(operations)
                        .decide()
                        .ifPresent(why -> wrong.add(grain + ": " + why)));
        return wrong;
    }

    private Optional<String> decide() {
        List<Choice> choices = new ArrayList<>();
        Register register = takeReads(Register.NEW);
        while (!isDone()) {
            if (++steps > STEPS_MAX) {
                return Optional.of("not decided in " + STEPS_MAX + " steps");
            }
            Optional<Choice> here = choice(register);
            here.ifPresent(choices::add);
            Optional<Register> next = advance(choices);
            if (next.isEmpty()) {
                return Optional.of(stuck());
            }
            register = takeReads(next.get());
        }
        return Optional.empty();
    }

    /// Offers what can be taken now, unless that was tried before in the same state.
    private Optional<Choice> choice(Register register) {
        BitSet now = (BitSet) taken.clone();
        if (!tried.add(new Tried(now, register))) {
            return Optional.empty();
        }
        List<Integer> candidates = new ArrayList<>();
        List<Integer> unknown = new ArrayList<>();
        long firstEnd = firstEnd();
        for (int i = taken.nextClearBit(0); i < operations.size(); i = taken.nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            if (operation.startNanos() > firstEnd) {
                break;
            }
            if (operation.isUnknown()) {
                unknown.add(i);
            } else if (fits(operation, register)) {
                candidates.add(i);
            }
        }
        candidates.addAll(unknown);
        return Optional.of(new Choice(now, register, candidates));
    }

    /// Takes the next candidate of the last choice that has one; empty if none has.
    private Optional<Register> advance(List<Choice> choices) {
        while (!choices.isEmpty()) {
            Choice last = choices.getLast();
            while (last.next < last.candidates.size()) {
                int candidate = last.candidates.get(last.next++);
                Operation operation = operations.get(candidate);
                Register next = operation.call().on(last.register).next();
                if (operation.isUnknown() && next.equals(last.register)) {
                    continue; // it changes nothing: the same as leaving it out
                }
                taken.clear();
                taken.or(last.before);
                taken.set(candidate);
                return Optional.of(next);
            }
            choices.removeLast();
        }
        return Optional.empty();
    }

    /// Takes all that answers as the register does and leaves it as it is.
    private Register takeReads(Register register) {
        boolean found = true;
        while (found) {
            found = false;
            long firstEnd = firstEnd();
            for (int i = taken.nextClearBit(0);
                    i < operations.size() && operations.get(i).startNanos() <= firstEnd;
                    i = taken.nextClearBit(i + 1)) {
                Operation operation = operations.get(i);
                if (!operation.isUnknown()
                        && fits(operation, register)
                        && operation.call().on(register).next().equals(register)) {
                    taken.set(i);
                    found = true;
                }
            }
        }
        if (taken.cardinality() > longest) {
            longest = taken.cardinality();
            longestTaken = (BitSet) taken.clone();
        }
        return register;
    }

    private static boolean fits(Operation operation, Register register) {
        return operation.call().on(register).answer().equals(operation.answer());
    }

    /// When the first call that is not taken ended: what began later comes after it. Calls that
    /// touch count as concurrent.
    private long firstEnd() {
        long first = Long.MAX_VALUE;
        for (int i = taken.nextClearBit(0);
                i < operations.size() && operations.get(i).startNanos() <= first;
                i = taken.nextClearBit(i + 1)) {
            first = Math.min(first, operations.get(i).endNanos());
        }
        return first;
    }

    private boolean isDone() {
        for (int i = taken.nextClearBit(0); i < operations.size(); i = taken.nextClearBit(i + 1)) {
            if (!operations.get(i).isUnknown()) {
                return false;
            }
        }
        return true;
    }

    private String stuck() {
        List<Operation> open = new ArrayList<>();
        for (int i = longestTaken.nextClearBit(0);
                i < operations.size() && open.size() < 8;
                i = longestTaken.nextClearBit(i + 1)) {
            open.add(operations.get(i));
        }
        return "not linearizable: after %d of %d calls none of these can come next: %s"
                .formatted(longest, operations.size(), open);
    }
}
