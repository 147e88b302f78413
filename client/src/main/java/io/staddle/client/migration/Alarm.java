package io.staddle.client.migration;

import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent.MigrationStarted;
import io.staddle.api.event.RoutingEvent.GroupChanged;
import io.staddle.api.query.EventFilter;
import io.staddle.client.StaddleClient;
import io.staddle.client.Watch;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Says when something has begun that concerns a node, as the events of Staddle tell. It may miss
/// some: whoever waits looks from time to time by itself.
final class Alarm implements AutoCloseable {
    private static final EventFilter KINDS =
            EventFilter.ALL.ofKinds(Set.of("migration_started", "group_changed"));

    private final NodeLife life;
    private final StaddleClient client;
    private final Semaphore news = new Semaphore(0);
    private volatile @Nullable Watch watch;

    Alarm(NodeLife life, StaddleClient client) {
        this.life = life;
        this.client = client;
    }

    /// Begins to watch, unless that goes on. One thread calls it, and [#await].
    void set() {
        Watch known = watch;
        if (known == null || known.ended().isDone()) {
            watch = client.events().watch(WatchOptions.FROM_NOW.only(KINDS), this::hear);
        }
    }

    /// Waits until there are news, but not for longer.
    void await(Duration longest) throws InterruptedException {
        if (news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            news.drainPermits();
        }
    }

    @Override
    public void close() {
        Watch known = watch;
        if (known != null) {
            known.close();
        }
    }

    private void hear(Watched heard) {
        if (heard instanceof Watched.Change change
                && change.events().stream().anyMatch(this::concerns)) {
            news.release();
        }
    }

    private boolean concerns(Event event) {
        return event instanceof MigrationStarted started && life.isNamedBy(started.migration())
                || event instanceof GroupChanged changed && !changed.group().removals().isEmpty();
    }
}
