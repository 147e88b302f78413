package io.staddle.client.recipe;

import io.staddle.api.id.GrainType;
import io.staddle.api.query.EventFilter;
import io.staddle.client.EventWatcher;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleDeadlineException;
import io.staddle.client.StaddleOverloadedException;
import io.staddle.client.StaddleUnavailableException;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Tells who the members of a group are, whenever that may have changed, on a virtual thread of its
/// own until it is closed: also after servers were away, and after a gap in what they tell.
public final class GroupWatch implements AutoCloseable {
    private static final long RETRY_MILLIS = 100;

    private final StaddleClient client;
    private final GrainType group;
    private final Consumer<SortedSet<String>> listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    /// Guarded by this.
    private Optional<EventWatcher> news = Optional.empty();

    GroupWatch(StaddleClient client, GrainType group, Consumer<SortedSet<String>> listener) {
        this.client = client;
        this.group = group;
        this.listener = listener;
        thread = Thread.ofVirtual().name("group-watch").start(this::run);
    }

    /// Completed when it has ended: normally after [#close], else with what the listener threw or
    /// why no server can go on.
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /// Ends it, and waits until the listener has returned unless the listener itself calls it.
    @Override
    public void close() {
        synchronized (this) {
            over.countDown();
            news.ifPresent(EventWatcher::close);
        }
        if (Thread.currentThread().threadId() == thread.threadId()) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed()) {
                follow();
            }
            ended.complete(null);
        } catch (RuntimeException | Error why) {
            ended.completeExceptionally(why);
        }
    }

    /// Tells until there is a gap. The next watch begins with a mark, and so with a look.
    private void follow() {
        try (EventWatcher opened = open()) {
            while (opened.hasNext()) {
                if (!(opened.next() instanceof Watched.Lagging)) {
                    members().ifPresent(listener);
                }
            }
        }
    }

    private synchronized EventWatcher open() {
        EventWatcher opened =
                client.events().watch(WatchOptions.FROM_NOW.only(EventFilter.grains(group, "")));
        if (isClosed()) {
            opened.close();
        }
        news = Optional.of(opened);
        return opened;
    }

    /// Asks until there is an answer; empty if it was closed before.
    private Optional<SortedSet<String>> members() {
        do {
            try {
                return Optional.of(GroupMembership.members(client, group));
            } catch (StaddleUnavailableException
                    | StaddleDeadlineException
                    | StaddleOverloadedException nobodyThere) {
                // Asked again.
            }
        } while (!isClosedWithin(RETRY_MILLIS));
        return Optional.empty();
    }

    private boolean isClosedWithin(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            over.countDown();
            return true;
        }
    }

    private boolean isClosed() {
        return over.getCount() == 0;
    }
}
