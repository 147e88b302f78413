package io.staddle.server.front;

import io.staddle.server.config.Limits;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The commands that wait for an entry, and how many are held in all. Its lock guards all of it and
/// is never held across a call to anything else.
final class CommandQueue {
    private final Limits limits;
    private final Deque<Unit> waiting = new ArrayDeque<>();
    private int commandsWaiting;
    private int commandsHeld;
    private long bytesHeld;
    private int entriesInFlight;
    private boolean stopped;

    CommandQueue(Limits limits) {
        this.limits = limits;
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
        if (commandsHeld + unit.size() > limits.commandsInFlight()) {
            return Optional.of(full("commands-in-flight", limits.commandsInFlight()));
        }
        if (bytesHeld + unit.bytes() > limits.bytesInFlight()) {
            return Optional.of(full("bytes-in-flight", limits.bytesInFlight()));
        }
        waiting.addLast(unit);
        commandsWaiting += unit.size();
        commandsHeld += unit.size();
        bytesHeld += unit.bytes();
        return Optional.empty();
    }

    /// Takes the next entry, if there is one to send now. Calls whose deadline has passed are moved
    /// to `over` instead.
    synchronized Optional<EntryDraft> take(long nowNanos, List<Unit> over) {
        if (!isTurn()) {
            return Optional.empty();
        }
        EntryDraft entry = new EntryDraft(limits, commandsWaiting);
        while (!waiting.isEmpty()) {
            Unit unit = waiting.getFirst();
            if (unit.isDone() || unit.isOver(nowNanos)) {
                forget(unit);
                over.add(unit);
            } else if (!entry.take(unit)) {
                break;
            }
            waiting.removeFirst();
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
        for (Iterator<Unit> each = waiting.iterator(); each.hasNext(); ) {
            Unit unit = each.next();
            if (unit.isDone() || unit.isOver(nowNanos)) {
                each.remove();
                forget(unit);
                over.add(unit);
            }
        }
        return over;
    }

    /// Takes out all calls, and lets none in any more.
    synchronized List<Unit> stop() {
        stopped = true;
        List<Unit> dropped = List.copyOf(waiting);
        dropped.forEach(this::forget);
        waiting.clear();
        return dropped;
    }

    synchronized int commandsHeld() {
        return commandsHeld;
    }

    private boolean isTurn() {
        // A second entry beside one in flight must be worth its cost: it is the entries, not the
        // commands, that the log is short of.
        boolean worthIt =
                commandsWaiting >= limits.pipelinedCommands()
                        && entriesInFlight < limits.entriesInFlight();
        return !waiting.isEmpty() && (entriesInFlight == 0 || worthIt);
    }

    private void forget(Unit unit) {
        commandsWaiting -= unit.waiting();
        commandsHeld -= unit.waiting();
        bytesHeld -= unit.bytesWaiting();
    }

    private static UnansweredException full(String limit, long max) {
        return Failures.overloaded("this server is full: limits." + limit + " is " + max);
    }
}
