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

/// Works on many things, each in a thread of its own: one that cannot go on holds up no other.
///
/// @param <K> what is worked on
final class Workers<K> {
    private static final Logger LOG = System.getLogger(Workers.class.getName());

    /// How long to leave it alone after a failure.
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final String name;
    private final Map<K, Thread> threads = new ConcurrentHashMap<>();
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

    /// Begins to work on something, unless that goes on.
    void ensure(K what, Turn turn) {
        if (!closed) {
            threads.computeIfAbsent(what, each -> start(each, turn));
        }
    }

    /// Ends all work, and waits for that; not for longer than a call of the data plane takes.
    void close() {
        closed = true;
        threads.values().forEach(Thread::interrupt);
        for (Thread thread : threads.values()) {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Thread start(K what, Turn turn) {
        return Thread.ofVirtual()
                .name(name + "-" + what)
                .start(() -> {
                    try {
                        work(what, turn);
                    } finally {
                        threads.remove(what);
                    }
                });
    }

    private void work(K what, Turn turn) {
        Optional<Duration> next = take(what, turn);
        while (next.isPresent() && !Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(next.get());
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
