package io.staddle.dataplane.ratis;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Gathers the writes to a group that wait on this node into one entry of its log: an entry costs a
/// hundred times what a write does.
///
/// With nothing on its way a write goes at once. Else it waits, and the one that has waited longest
/// sends all that wait then. So there is no timer, and a lone write loses nothing. Who is answered
/// takes no lock to leave: else a hundred of them would hold up the next entry.
final class WriteQueue {
    private static final int WRITES_MAX = 512;
    private static final int BYTES_MAX = 512 << 10;

    private final Sender sender;

    /// Guarded by itself, as is [#busy].
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /// Whether somebody sends, or is about to.
    private boolean busy;

    /// Has an entry applied.
    interface Sender {
        GroupAnswer send(GroupCommand command) throws IOException;
    }

    /// One who waits.
    private static final class Waiting {
        private final Thread thread = Thread.currentThread();
        private final GroupCommand.Write write;
        private volatile boolean sends;
        private volatile @Nullable GroupAnswer answer;
        private volatile @Nullable IOException failure;

        Waiting(GroupCommand.Write write) {
            this.write = write;
        }

        boolean isDone() {
            return answer != null || failure != null;
        }
    }

    WriteQueue(Sender sender) {
        this.sender = sender;
    }

    /// Waits for what becomes of a write.
    ///
    /// @throws IOException if nobody knows
    GroupAnswer write(GroupCommand.Write write) throws IOException {
        Waiting mine = new Waiting(write);
        synchronized (waiting) {
            waiting.add(mine);
            mine.sends = !busy;
            busy = true;
        }
        while (!mine.sends && !mine.isDone()) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                giveUp(mine);
            }
        }
        if (mine.sends) {
            List<Waiting> together = take();
            try {
                send(together);
            } finally {
                handOver();
                together.forEach(each -> LockSupport.unpark(each.thread));
            }
        }
        return result(mine);
    }

    /// Whose turn it has just become goes on all the same: others rely on it.
    private void giveUp(Waiting mine) throws IOException {
        Thread.currentThread().interrupt();
        synchronized (waiting) {
            if (mine.sends || mine.isDone()) {
                return;
            }
            waiting.remove(mine);
        }
        throw new IOException("interrupted while other writes were on their way");
    }

    /// The one that has waited longest is next; its write is in what it takes.
    private void handOver() {
        Waiting next;
        synchronized (waiting) {
            next = waiting.peekFirst();
            if (next == null) {
                busy = false;
                return;
            }
            next.sends = true;
        }
        LockSupport.unpark(next.thread);
    }

    private static GroupAnswer result(Waiting mine) throws IOException {
        GroupAnswer answer = mine.answer;
        if (answer == null) {
            throw new IOException("the entry with this write was not answered", mine.failure);
        }
        return answer;
    }

    private List<Waiting> take() {
        List<Waiting> taken = new ArrayList<>();
        int bytes = 0;
        synchronized (waiting) {
            while (!waiting.isEmpty()
                    && taken.size() < WRITES_MAX
                    && (taken.isEmpty()
                            || bytes + waiting.getFirst().write.payload().size() <= BYTES_MAX)) {
                Waiting next = waiting.removeFirst();
                bytes += next.write.payload().size();
                taken.add(next);
            }
        }
        return taken;
    }

    private void send(List<Waiting> together) {
        try {
            if (together.size() == 1) {
                together.getFirst().answer = sender.send(together.getFirst().write);
                return;
            }
            List<GroupCommand.Write> writes = together.stream().map(each -> each.write).toList();
            answer(together, sender.send(new GroupCommand.Writes(writes)));
        } catch (IOException failure) {
            fail(together, failure);
        } catch (RuntimeException failure) {
            fail(together, new IOException(failure));
        }
    }

    private static void answer(List<Waiting> together, GroupAnswer answer) throws IOException {
        if (!(answer instanceof GroupAnswer.Each(var answers))
                || answers.size() != together.size()) {
            throw new IOException("an answer for each write was expected: " + answer);
        }
        for (int i = 0; i < together.size(); i++) {
            together.get(i).answer = answers.get(i);
        }
    }

    private static void fail(Collection<Waiting> together, IOException failure) {
        together.forEach(each -> each.failure = failure);
    }
}
