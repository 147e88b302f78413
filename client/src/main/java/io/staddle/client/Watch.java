package io.staddle.client;

import io.staddle.api.id.Revision;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/// A watch that calls a [WatchListener], on a virtual thread of its own, until it is closed.
///
/// It goes on by itself when a server is lost, with another one, exactly where it was.
public final class Watch implements AutoCloseable {
    private final EventWatcher watcher;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;

    Watch(EventWatcher watcher, WatchListener listener) {
        this.watcher = watcher;
        thread = Thread.ofVirtual().name("watch").start(() -> run(listener));
    }

    /// Completed when it has ended: normally after [Watched.Trimmed] or [#close], else with what
    /// the listener threw or why no server can go on.
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /// Tells whether it has ended, for whoever asks again and again.
    public boolean isOver() {
        return ended.isDone();
    }

    /// Returns from where on to watch to see what the listener has not seen.
    public Revision position() {
        return watcher.position();
    }

    /// Ends it, and waits until the listener has returned unless the listener itself calls it.
    @Override
    public void close() {
        watcher.close();
        if (Thread.currentThread().threadId() == thread.threadId()) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(WatchListener listener) {
        try (watcher) {
            for (Iterator<Watched> news = watcher; news.hasNext(); ) {
                listener.on(news.next());
            }
            ended.complete(null);
        } catch (RuntimeException | Error why) {
            ended.completeExceptionally(why);
        }
    }
}
