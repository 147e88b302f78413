package io.staddle.client;

import io.grpc.netty.shaded.io.netty.channel.EventLoop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Has busy lanes look at their deadlines, hundred times a second: one timer for all calls.
///
/// It stops when no lane is busy, so that an idle client costs nothing.
final class Pulse {
    private static final long BEAT_MILLIS = 10;

    private final EventLoop loop;
    private final Set<Lane<?, ?, ?>> busy = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean running = new AtomicBoolean();

    Pulse(EventLoop loop) {
        this.loop = loop;
    }

    void add(Lane<?, ?, ?> lane) {
        busy.add(lane);
        start();
    }

    void remove(Lane<?, ?, ?> lane) {
        busy.remove(lane);
    }

    /// Has every busy lane look once, on this thread.
    void beatNow() {
        busy.forEach(Lane::beat);
    }

    private void start() {
        if (running.compareAndSet(false, true)) {
            schedule();
        }
    }

    private void beat() {
        beatNow();
        if (!busy.isEmpty()) {
            schedule();
            return;
        }
        running.set(false);
        if (!busy.isEmpty()) {
            start();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the event loop
    private void schedule() {
        try {
            loop.schedule(this::beat, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // the client is closed: all lanes have been abandoned
        }
    }
}
