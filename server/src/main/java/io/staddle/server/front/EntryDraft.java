package io.staddle.server.front;

import io.staddle.server.config.Limits;
import io.staddle.server.raft.PreparedCommand;

import java.util.ArrayList;
import java.util.List;

/// A log entry that is being filled with commands, up to the limits of an entry.
final class EntryDraft {
    private final Limits limits;
    private final List<PreparedCommand> commands;
    private final List<Slice> slices = new ArrayList<>();
    private long bytes;

    EntryDraft(Limits limits, int expected) {
        this.limits = limits;
        commands = new ArrayList<>(Math.min(expected, limits.entryCommands()));
    }

    /// Takes commands of a call until the entry is full; returns whether it took all.
    boolean take(Unit unit) {
        int unitFirst = unit.size() - unit.waiting();
        int entryFirst = commands.size();
        while (unit.waiting() > 0 && fits(unit.peek())) {
            PreparedCommand command = unit.peek();
            commands.add(command);
            bytes += command.encoded().getSerializedSize();
            unit.advance();
        }
        int size = commands.size() - entryFirst;
        if (size > 0) {
            slices.add(new Slice(unit, unitFirst, entryFirst, size));
        }
        return unit.waiting() == 0;
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    List<PreparedCommand> commands() {
        return commands;
    }

    List<Slice> slices() {
        return slices;
    }

    long bytes() {
        return bytes;
    }

    private boolean fits(PreparedCommand command) {
        // The first one always fits: a command larger than an entry may be goes alone.
        return commands.isEmpty()
                || (commands.size() < limits.entryCommands()
                        && bytes + command.encoded().getSerializedSize() <= limits.entryBytes());
    }
}
