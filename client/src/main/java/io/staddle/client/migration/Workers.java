package io.staddle.client.migration;

import io.staddle.api.refusal.Refusal;
import io.staddle.client.StaddleException;
import io.staddle.client.StaddleRefusedException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Works on many things, each in a thread of its own: one that cannot go on holds up no other.
///
/// @param <K> what is worked on
/// @param <T> how
final class Workers<K, T extends Workers.Turn> {
    private static final Logger LOG = System.getLogger(Workers.class.getName());

    /// How long to leave it alone after a failure.
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final String name;
    private final Map<K, Worker<T>> workers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param name of the threads, before what is worked on
    Workers(String name) {
        this.name = name;
    }

    /// What is done again and again.
    interface Turn {
        /// Returns how soon to do it again; empty if nothing is left to do.
        Optional<Duration> take();
    }

    /// @param bell ends its rest
    private record Worker<T>(T turn, Thread thread, Bell bell) {}

    /// Begins to work on something, unless that goes on.
    void ensure(K what, Supplier<T> turn) {
        if (!closed) {
            workers.computeIfAbsent(what, each -> start(each, turn.get()));
        }
    }

    /// Tells whoever works on something, and has it go on at once. Returns whether there is one.
    boolean tell(K what, Consumer<T> news) {
        Worker<T> worker = workers.get(what);
        if (worker == null) {
            return false;
        }
        news.accept(worker.turn());
        worker.bell().ring();
        return true;
    }

    /// Ends all work, and waits for that; not for longer than a call of the data plane takes.
    void close() {
        closed = true;
        workers.values().forEach(each -> each.thread().interrupt());
        for (Worker<T> each : workers.values()) {
            try {
                each.thread().join(Duration.ofSeconds(10));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Worker<T> start(K what, T turn) {
        Bell bell = new Bell();
        Thread thread =
                Thread.ofVirtual()
                        .name(name + "-" + what)
                        .start(() -> {
                            try {
                                work(what, turn, bell);
                            } finally {
                                workers.remove(what);
                            }
                        });
        return new Worker<>(turn, thread, bell);
    }

    private void work(K what, Turn turn, Bell bell) {
        Optional<Duration> next = take(what, turn);
        while (next.isPresent() && !Thread.currentThread().isInterrupted()) {
            try {
                bell.await(next.get());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
            next = take(what, turn);
        }
    }

    /// A step that Staddle has gone on from meanwhile, a call that failed: the next turn tells.
    private Optional<Duration> take(K what, Turn turn) {
        try {
            return turn.take();
        } catch (StaddleRefusedException refused) {
            LOG.log(Level.DEBUG, "{0}: {1}", what, refused.getMessage());
            return refused.why() instanceof Refusal.NotFound
                    ? Optional.empty()
                    : Optional.of(AGAIN.dividedBy(20));
        } catch (StaddleException away) {
            LOG.log(Level.DEBUG, "{0}: {1}", what, away.getMessage());
            return Optional.of(AGAIN);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "the data plane failed at " + what, failed);
            return Optional.of(AGAIN);
        }
    }
}
