package io.staddle.server.events;

import io.staddle.server.front.UnansweredException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/// Those who watch over one event loop: news is one task for all of them.
final class Crowd {
    /// Other calls on the event loop get their turn in between.
    private static final int SLICE = 64;

    private final Executor eventLoop;
    private final AtomicBoolean told = new AtomicBoolean();

    /// Only the event loop touches it.
    private final List<Watcher> members = new ArrayList<>();

    /// The first index that one of them has yet to be sent, as of the last tick.
    private volatile long slowest = Long.MAX_VALUE;

    Crowd(Executor eventLoop) {
        this.eventLoop = eventLoop;
    }

    /// To be called on the event loop.
    void join(Watcher watcher) {
        members.add(watcher);
    }

    /// The first index that one of them had yet to be sent when they were last told that time has
    /// passed.
    long slowest() {
        return slowest;
    }

    /// There is news. From any thread.
    void tell() {
        if (told.compareAndSet(false, true)) {
            execute(() -> {
                told.set(false);
                advance(members.toArray(Watcher[]::new), 0);
            });
        }
    }

    /// Time has passed. From any thread.
    ///
    /// @param ageMillis see [Watcher#tick]
    void tick(LongSupplier ageMillis) {
        execute(() -> {
            members.removeIf(Watcher::hasEnded);
            long now = System.nanoTime();
            long first = Long.MAX_VALUE;
            for (Watcher each : members) {
                each.tick(now, ageMillis);
                first = Math.min(first, each.nextIndex());
            }
            slowest = first;
        });
    }

    /// Ends all of them. From any thread.
    void fail(UnansweredException why) {
        execute(() -> members.forEach(each -> each.fail(why)));
    }

    private void advance(Watcher[] all, int from) {
        int to = Math.min(all.length, from + SLICE);
        for (int i = from; i < to; i++) {
            all[i].advance();
        }
        if (to < all.length) {
            execute(() -> advance(all, to));
        }
    }

    private void execute(Runnable task) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException stopping) {
            // the server stops, and all connections with it
        }
    }
}
