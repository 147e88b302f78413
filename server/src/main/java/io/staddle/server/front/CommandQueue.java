package io.staddle.server.front;

import io.staddle.server.config.Limits;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The commands that wait for an entry, each in its [Lane], and how many are held in all. Its lock
/// guards all of it and is never held across a call to anything else.
final class CommandQueue {
    private final Limits limits;

    /// One for each [Lane], in the order in which they go.
    private final Map<Lane, Waiting> lanes = new EnumMap<>(Lane.class);

    private int commandsWaiting;
    private int commandsHeld;
    private long bytesHeld;
    private int entriesInFlight;
    private boolean stopped;

    CommandQueue(Limits limits) {
        this.limits = limits;
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new Waiting(Room.of(lane, limits), new ArrayDeque<>()));
        }
    }

    static UnansweredException deadlinePassed() {
        return UnansweredException.of(
                Reason.DEADLINE, Fate.UNKNOWN, "the deadline of the call has passed");
    }

    /// Lets a call wait, or says why not.
    synchronized Optional<UnansweredException> offer(Unit unit) {
        if (stopped) {
            return Optional.of(Failures.stopping(Fate.NONE));
        }
        Waiting lane = Objects.requireNonNull(lanes.get(unit.lane()));
        Room room = lane.room();
        if (commandsHeld + unit.size() > room.commands()) {
            return Optional.of(room.full("commands-in-flight", limits.commandsInFlight()));
        }
        if (bytesHeld + unit.bytes() > room.bytes()) {
            return Optional.of(room.full("bytes-in-flight", limits.bytesInFlight()));
        }
        lane.units().addLast(unit);
        commandsWaiting += unit.size();
        commandsHeld += unit.size();
        bytesHeld += unit.bytes();
        return Optional.empty();
    }

    /// Takes the next entry, if there is one to send now: first what is most urgent, then what has
    /// waited longest. Calls whose deadline has passed are moved to `over` instead.
    synchronized Optional<EntryDraft> take(long nowNanos, List<Unit> over) {
        if (!isTurn()) {
            return Optional.empty();
        }
        EntryDraft entry = new EntryDraft(limits, commandsWaiting);
        for (Waiting lane : lanes.values()) {
            if (!fill(entry, lane.units(), nowNanos, over)) {
                break;
            }
        }
        commandsWaiting -= entry.commands().size();
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        entriesInFlight++;
        return Optional.of(entry);
    }

    /// Gives back what an entry held; returns whether there is another one to send.
    synchronized boolean release(EntryDraft entry) {
        entriesInFlight--;
        commandsHeld -= entry.commands().size();
        bytesHeld -= entry.bytes();
        return isTurn();
    }

    /// Takes out the calls whose deadline has passed.
    synchronized List<Unit> dropOver(long nowNanos) {
        List<Unit> over = new ArrayList<>(0);
        for (Waiting lane : lanes.values()) {
            for (Iterator<Unit> each = lane.units().iterator(); each.hasNext(); ) {
                Unit unit = each.next();
                if (unit.isDone() || unit.isOver(nowNanos)) {
                    each.remove();
                    forget(unit);
                    over.add(unit);
                }
            }
        }
        return over;
    }

    /// Takes out all calls, and lets none in any more.
    synchronized List<Unit> stop() {
        stopped = true;
        List<Unit> dropped =
                lanes.values().stream().flatMap(lane -> lane.units().stream()).toList();
        dropped.forEach(this::forget);
        lanes.values().forEach(lane -> lane.units().clear());
        return dropped;
    }

    synchronized int commandsHeld() {
        return commandsHeld;
    }

    /// Moves calls into an entry until none waits there; false if the entry is full before.
    private boolean fill(EntryDraft entry, Deque<Unit> lane, long nowNanos, List<Unit> over) {
        while (!lane.isEmpty()) {
            Unit unit = lane.getFirst();
            if (unit.isDone() || unit.isOver(nowNanos)) {
                forget(unit);
                over.add(unit);
            } else if (!entry.take(unit)) {
                return false;
            }
            lane.removeFirst();
        }
        return true;
    }

    private boolean isTurn() {
        // A second entry beside one in flight must be worth its cost: it is the entries, not the
        // commands, that the log is short of.
        boolean worthIt =
                commandsWaiting >= limits.pipelinedCommands()
                        && entriesInFlight < limits.entriesInFlight();
        return commandsWaiting > 0 && (entriesInFlight == 0 || worthIt);
    }

    /// What waits of a lane, the oldest first.
    private record Waiting(Room room, Deque<Unit> units) {}

    private void forget(Unit unit) {
        commandsWaiting -= unit.waiting();
        commandsHeld -= unit.waiting();
        bytesHeld -= unit.bytesWaiting();
    }
}
