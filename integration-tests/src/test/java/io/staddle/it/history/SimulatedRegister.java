package io.staddle.it.history;

import io.staddle.api.id.Revision;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes up histories of a register that is right, with calls that overlap and answers that get
/// lost.
final class SimulatedRegister {
    private static final List<String> CLUSTERS = List.of("a", "b");

    private final Random random;
    private final List<Change> changes = new ArrayList<>();
    private Register register = Register.NEW;
    private long index;

    SimulatedRegister(Random random) {
        this.random = random;
    }

    /// Returns the changes that the operations made.
    List<Change> changes() {
        return changes;
    }

    /// Returns so many operations. Each takes effect at a moment of its own, and lasts from some
    /// moments before to some after.
    List<Operation> run(int count) {
        List<Operation> history = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            history.add(operation(i));
        }
        return history;
    }

    private Operation operation(int number) {
        Call call = call();
        Call.Step step = call.on(register);
        boolean lost = !call.isRead() && random.nextInt(10) == 0;
        boolean happened = !lost || random.nextBoolean();
        if (happened && !step.next().equals(register)) {
            register = step.next();
            index++;
            changes.add(
                    new Change("g", new Revision(index, 0), Integer.toString(number), register));
        } else if (!call.isRead()) {
            index++;
        }
        long moment = number * 10L;
        Revision at =
                call.isRead() ? new Revision(index, Integer.MAX_VALUE) : new Revision(index, 0);
        return new Operation(
                Integer.toString(number),
                "g",
                call,
                lost ? new Answer.Unknown() : step.answer(),
                moment - random.nextInt(40),
                lost ? Operation.NEVER : moment + 1 + random.nextInt(40),
                lost ? Revision.NONE : at,
                "s1");
    }

    private Call call() {
        String cluster = CLUSTERS.get(random.nextInt(CLUSTERS.size()));
        long epoch = Math.max(0, register.epoch() - random.nextInt(2));
        return switch (random.nextInt(6)) {
            case 0 -> new Call.Acquire(cluster);
            case 1 -> new Call.Promote(cluster, register.holder(), epoch);
            case 2 -> new Call.Reassign(cluster, epoch);
            case 3 -> new Call.Release(cluster, epoch);
            case 4 -> new Call.CheckFence(cluster, epoch);
            default -> new Call.Lookup();
        };
    }
}
