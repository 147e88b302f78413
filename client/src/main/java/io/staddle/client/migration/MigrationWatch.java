package io.staddle.client.migration;

import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.client.StaddleRefusedException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Looks for migrations that name the node, and works on each in a thread of its own: one that
/// cannot go on holds up no other.
final class MigrationWatch {
    private static final Logger LOG = System.getLogger(MigrationWatch.class.getName());

    /// How long to leave it alone after a failure.
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final NodeLife life;
    private final MigrationDataPlane plane;
    private final StaddleClient client;
    private final Map<MigrationId, Thread> workers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    MigrationWatch(NodeLife life, MigrationDataPlane plane, StaddleClient client) {
        this.life = life;
        this.plane = plane;
        this.client = client;
    }

    /// Looks once. It throws what the client throws.
    void look() {
        client.migrations().list(0).stream()
                .filter(life::isNamedBy)
                .takeWhile(each -> !closed)
                .forEach(each -> workers.computeIfAbsent(each.id(), this::start));
    }

    /// Ends all work, and waits for that; not for longer than a call of the data plane takes.
    void close() {
        closed = true;
        workers.values().forEach(Thread::interrupt);
        for (Thread worker : workers.values()) {
            try {
                worker.join(Duration.ofSeconds(10));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Thread start(MigrationId id) {
        return Thread.ofVirtual()
                .name("migration-" + life.node() + "-" + id)
                .start(() -> {
                    try {
                        work(id);
                    } finally {
                        workers.remove(id);
                    }
                });
    }

    private void work(MigrationId id) {
        MigrationWork work = new MigrationWork(life, plane, client);
        Optional<Duration> next = turn(work, id);
        while (next.isPresent() && !Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(next.get());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
            next = turn(work, id);
        }
    }

    /// A step that Staddle has gone on from meanwhile, a call that failed: the next look tells.
    private Optional<Duration> turn(MigrationWork work, MigrationId id) {
        try {
            MigrationRecord seen = client.migrations().show(id).migration();
            return work.turn(seen);
        } catch (StaddleRefusedException refused) {
            LOG.log(Level.DEBUG, "{0}: {1}", id, refused.getMessage());
            return refused.why() instanceof Refusal.NotFound
                    ? Optional.empty()
                    : Optional.of(AGAIN.dividedBy(20));
        } catch (StaddleException away) {
            LOG.log(Level.DEBUG, "{0}: {1}", id, away.getMessage());
            return Optional.of(AGAIN);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "the data plane failed at migration " + id, failed);
            return Optional.of(AGAIN);
        }
    }
}
