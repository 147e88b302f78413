package io.staddle.it.history;

import io.staddle.api.id.Revision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Checks that the order that the servers claim explains everything that callers saw.
///
/// Every answer names its revision, and history names the operation behind each change: so there
/// is nothing to search. It is exact, and stricter than [Linearizability]: the order must hold
/// over all grains together, and operations of unknown outcome get the place that they had.
final class Witness {
    private final Map<String, NavigableMap<Revision, Register>> registers = new HashMap<>();
    private final Map<String, Change> changes = new HashMap<>();
    private final List<Operation> operations;
    private final List<String> wrong = new ArrayList<>();

    private Witness(List<Operation> operations) {
        this.operations = operations;
    }

    /// Returns what is wrong; empty if the changes explain the operations.
    ///
    /// @param changes all changes, by revision
    static List<String> check(List<Operation> operations, List<Change> changes) {
        Witness witness = new Witness(operations);
        changes.forEach(witness::replay);
        witness.checkOwners(changes);
        operations.forEach(witness::explain);
        witness.checkRequests();
        witness.checkRealTime();
        return witness.wrong;
    }

    private void replay(Change change) {
        NavigableMap<Revision, Register> states =
                registers.computeIfAbsent(change.grain(), _ -> new TreeMap<>());
        Register before =
                Optional.ofNullable(states.lastEntry())
                        .map(Map.Entry::getValue)
                        .orElse(Register.NEW);
        boolean changesOwner = change.now().kind() == Register.Kind.OWNED;
        long growth = change.now().epoch() - before.epoch();
        if (changesOwner ? growth < 1 : growth != 0) {
            wrong.add("the epoch went from %s to %s".formatted(before, change));
        }
        states.put(change.at(), change.now());
        Change other = changes.put(change.requestId(), change);
        if (other != null) {
            wrong.add("one request made two changes: %s and %s".formatted(other, change));
        }
    }

    /// One grain, one epoch, one owner: in history and in all that callers saw.
    private void checkOwners(List<Change> all) {
        Map<String, String> owners = new HashMap<>();
        all.forEach(change -> checkOwner(change.grain(), change.now(), owners));
        for (Operation operation : operations) {
            seen(operation.answer()).ifPresent(now -> checkOwner(operation.grain(), now, owners));
        }
    }

    private void checkOwner(String grain, Register now, Map<String, String> owners) {
        if (now.kind() != Register.Kind.OWNED) {
            return;
        }
        String other = owners.putIfAbsent(grain + " in epoch " + now.epoch(), now.holder());
        if (other != null && !other.equals(now.holder())) {
            wrong.add("%s has two owners: %s and %s".formatted(grain, other, now));
        }
    }

    private static Optional<Register> seen(Answer answer) {
        return switch (answer) {
            case Answer.Granted(var now) -> Optional.of(now);
            case Answer.Refused(var now) -> Optional.of(now);
            case Answer.Seen(var now) -> Optional.of(now);
            case Answer.Checked(_, var now) -> Optional.of(now);
            case Answer.Released _, Answer.Unknown _ -> Optional.empty();
        };
    }

    private void explain(Operation operation) {
        if (operation.isUnknown()) {
            return;
        }
        boolean isRead = operation.call().isRead();
        Register before = register(operation, isRead);
        Register after = register(operation, true);
        Call.Step step = operation.call().on(before);
        if (!step.answer().equals(operation.answer()) || !step.next().equals(after)) {
            wrong.add(
                    "%s, but at its revision the register went from %s to %s"
                            .formatted(operation, before, after));
        }
    }

    private Register register(Operation operation, boolean inclusive) {
        NavigableMap<Revision, Register> states =
                registers.getOrDefault(operation.grain(), new TreeMap<>());
        return states.headMap(operation.at(), inclusive).values().stream()
                .reduce((_, last) -> last)
                .orElse(Register.NEW);
    }

    private void checkRequests() {
        Map<String, Operation> byId =
                operations.stream().collect(Collectors.toMap(Operation::id, Function.identity()));
        for (Change change : changes.values()) {
            Operation operation = byId.get(change.requestId());
            if (operation == null) {
                wrong.add("nobody asked for " + change);
            } else if (!operation.isUnknown() && !operation.at().equals(change.at())) {
                wrong.add("%s was decided elsewhere: %s".formatted(operation, change));
            }
        }
    }

    /// What began after something had ended has no earlier place.
    private void checkRealTime() {
        List<Operation> byStart =
                operations.stream()
                        .filter(each -> placeOf(each).isPresent())
                        .sorted(Comparator.comparingLong(Operation::startNanos))
                        .toList();
        PriorityQueue<Operation> running =
                new PriorityQueue<>(Comparator.comparingLong(Operation::endNanos));
        Optional<Operation> furthest = Optional.empty();
        for (Operation operation : byStart) {
            while (!running.isEmpty() && running.peek().endNanos() < operation.startNanos()) {
                Operation ended = running.remove();
                if (furthest.isEmpty() || isAfter(ended, furthest.get())) {
                    furthest = Optional.of(ended);
                }
            }
            if (furthest.isPresent() && isAfter(furthest.get(), operation)) {
                wrong.add("%s began after %s had ended".formatted(operation, furthest.get()));
            }
            running.add(operation);
        }
    }

    private boolean isAfter(Operation one, Operation other) {
        return placeOf(one).orElseThrow().compareTo(placeOf(other).orElseThrow()) > 0;
    }

    /// Where an operation took effect; empty if it did not, or nobody knows.
    private Optional<Revision> placeOf(Operation operation) {
        return operation.isUnknown()
                ? Optional.ofNullable(changes.get(operation.id())).map(Change::at)
                : Optional.of(operation.at());
    }
}
