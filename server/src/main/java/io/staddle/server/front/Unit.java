package io.staddle.server.front;

import io.staddle.api.answer.Outcome;
import io.staddle.server.raft.PreparedCommand;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A call on its way through the front. Its commands may be spread over entries.
///
/// `next` and `proposed` belong to the front's lock, `outcomes` and `missing` to this object's.
final class Unit {
    private final CommandCall call;
    private final List<PreparedCommand> commands;
    private final Lane lane;
    private final long bytes;
    private final AtomicBoolean done = new AtomicBoolean();
    private Outcome[] outcomes = {};
    private int missing;
    private int next;
    private volatile boolean proposed;

    Unit(CommandCall call) {
        this.call = call;
        commands = call.commands();
        lane = Lane.of(commands);
        missing = commands.size();
        bytes = sum(0);
    }

    Lane lane() {
        return lane;
    }

    int size() {
        return commands.size();
    }

    long bytes() {
        return bytes;
    }

    boolean isDone() {
        return done.get();
    }

    boolean isOver(long nowNanos) {
        return nowNanos - call.deadlineNanos() >= 0;
    }

    /// The commands that are not in an entry yet.
    int waiting() {
        return commands.size() - next;
    }

    long bytesWaiting() {
        return next == 0 ? bytes : sum(next);
    }

    PreparedCommand peek() {
        return commands.get(next);
    }

    void advance() {
        proposed = true;
        next++;
    }

    /// Takes the outcomes of the commands from `first` on, and answers when it has all.
    void settle(int first, List<Outcome> part) {
        if (part.size() == commands.size()) {
            answer(part);
        } else if (isComplete(first, part)) {
            answer(Arrays.asList(outcomes));
        }
    }

    /// Answers the call if it was not answered before.
    void fail(UnansweredException why) {
        if (done.compareAndSet(false, true)) {
            call.fail(proposed ? why : why.withFate(Fate.NONE));
        }
    }

    /// Fails the call because the entry with a part of it failed. Only if that part was all of it
    /// can the entry's fate be the call's.
    void failPart(int size, UnansweredException why) {
        if (done.compareAndSet(false, true)) {
            call.fail(size == commands.size() ? why : why.withFate(Fate.UNKNOWN));
        }
    }

    private long sum(int first) {
        long sum = 0;
        for (int i = first; i < commands.size(); i++) {
            sum += commands.get(i).encoded().getSerializedSize();
        }
        return sum;
    }

    private void answer(List<Outcome> all) {
        if (done.compareAndSet(false, true)) {
            call.answer(all);
        }
    }

    private synchronized boolean isComplete(int first, List<Outcome> part) {
        if (outcomes.length == 0) {
            outcomes = new Outcome[commands.size()];
        }
        for (int i = 0; i < part.size(); i++) {
            outcomes[first + i] = part.get(i);
        }
        missing -= part.size();
        return missing == 0;
    }
}
