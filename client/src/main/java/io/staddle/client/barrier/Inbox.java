package io.staddle.client.barrier;

import io.staddle.client.StaddleInterruptedException;
import io.staddle.client.Watched;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// What one participant has been told and has not taken yet. Who falls too far behind is told of a
/// gap instead, and reads the state.
final class Inbox implements AutoCloseable {
    private static final int MAX = 1_024;

    private final BlockingQueue<News> waiting = new LinkedBlockingQueue<>();
    private final Consumer<Inbox> leave;

    // Of who puts.
    private boolean full;

    /// What is told.
    sealed interface News {
        /// From now on all is told.
        record Begun() implements News {}

        /// This happened to the scope.
        record Happened(Watched.Change change) implements News {}

        /// Something is not told, and nothing after it.
        record Gap() implements News {}

        /// Nothing is told any more, and why.
        record Failed(RuntimeException why) implements News {}

        /// The participant is closed.
        record Closed() implements News {}
    }

    /// @param leave what it does when it is closed, by any thread
    Inbox(Consumer<Inbox> leave) {
        this.leave = leave;
    }

    /// Adds news. By one thread at a time.
    void put(News news) {
        if (full) {
            return;
        }
        full = waiting.size() >= MAX;
        waiting.add(full ? new News.Gap() : news);
    }

    /// Waits for the next.
    ///
    /// @throws StaddleInterruptedException if the thread was interrupted
    News take() {
        try {
            return waiting.take();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StaddleInterruptedException("interrupted while nothing happened");
        }
    }

    /// Has the one who takes stop. From any thread.
    @Override
    public void close() {
        leave.accept(this);
        waiting.clear();
        waiting.add(new News.Closed());
    }
}
