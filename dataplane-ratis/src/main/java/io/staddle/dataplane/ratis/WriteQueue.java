package io.staddle.dataplane.ratis;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Gathers the writes to a group that wait on this node into one entry of its log: an entry costs a
/// hundred times what a write does.
///
/// With nothing on its way a write goes at once. Else it waits its turn, and whoever's turn comes
/// first sends all that wait then. So there is no timer, and a lone write loses nothing.
final class WriteQueue {
    private static final int WRITES_MAX = 512;
    private static final int BYTES_MAX = 512 << 10;

    private final Sender sender;

    /// Who sends holds it.
    private final ReentrantLock turn = new ReentrantLock();

    /// Guarded by itself.
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /// Has an entry applied.
    interface Sender {
        GroupAnswer send(GroupCommand command) throws IOException;
    }

    /// One who waits. Written and read by who has the turn.
    private static final class Waiting {
        private final GroupCommand.Write write;
        private @Nullable GroupAnswer answer;
        private @Nullable IOException failure;

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
        }
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while other writes were on their way", stop);
        }
        try {
            while (!mine.isDone()) {
                send(take());
            }
            return result(mine);
        } finally {
            turn.unlock();
        }
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
