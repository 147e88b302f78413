package io.staddle.client;

import io.staddle.api.id.Revision;
import io.staddle.client.WatchRun.Arrival;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/// A watch that is read like an iterator that waits, by one thread at a time.
///
/// Whatever becomes of the servers, it brings every wanted event once, in order, and says when it
/// cannot. What is not read stays with the servers: a watch holds some answers at most.
public final class EventWatcher implements Iterator<Watched>, AutoCloseable {
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final WatchRun run;
    private final Deque<Watched> ready = new ArrayDeque<>();
    private volatile Revision position;
    private boolean over;

    EventWatcher(WatchRun run, Revision from) {
        this.run = run;
        this.position = from;
    }

    /// Waits for what comes; false if nothing does any more: [Watched.Trimmed] came, or this was
    /// closed.
    ///
    /// @throws StaddleProtocolException if no server understands what is asked for, or one broke
    ///     its promise
    /// @throws StaddleForbiddenException if this may not be watched
    /// @throws StaddleInterruptedException if the thread was interrupted
    /// @throws StaddleClosedException if the client was closed
    @Override
    public boolean hasNext() {
        return await(FOR_EVER);
    }

    /// Waits for what comes, and returns it. It throws what [#hasNext] throws, and
    /// [NoSuchElementException] instead of returning false.
    @Override
    public Watched next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the watch is over");
        }
        return take();
    }

    /// Waits so long for what comes; empty if nothing did, or does any more. It throws what
    /// [#hasNext] throws.
    public Optional<Watched> poll(Duration longest) {
        return await(longest.toNanos()) ? Optional.of(take()) : Optional.empty();
    }

    /// Tells whether nothing comes any more.
    public boolean isOver() {
        return over && ready.isEmpty();
    }

    /// Returns from where on to watch to see what was not taken from this one. From any thread.
    /// [Revision#NONE] if it is to begin now and has not yet.
    public Revision position() {
        return position;
    }

    /// Ends it. What was not read is lost. From any thread.
    @Override
    public void close() {
        run.close();
    }

    private Watched take() {
        Watched news = ready.remove();
        position = news.resumeFrom();
        return news;
    }

    private boolean await(long nanos) {
        long start = System.nanoTime();
        while (ready.isEmpty() && !over) {
            long left = nanos == FOR_EVER ? FOR_EVER : nanos - (System.nanoTime() - start);
            Optional<Arrival> arrival = left <= 0 ? Optional.empty() : run.take(left);
            if (arrival.isEmpty()) {
                return false;
            }
            accept(arrival.get());
        }
        return !ready.isEmpty();
    }

    private void accept(Arrival arrival) {
        switch (arrival) {
            case Arrival.Answered answered -> {
                ready.addAll(WatchAnswers.decode(answered.answer()));
                over = answered.answer().hasTrimmed();
                run.taken(answered);
            }
            case Arrival.Closed closed -> over = true;
            case Arrival.Failed(var why) -> {
                over = true;
                why.fillInStackTrace();
                throw why;
            }
        }
    }
}
