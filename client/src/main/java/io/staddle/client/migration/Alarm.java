package io.staddle.client.migration;

import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.RoutingEvent.GroupChanged;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.query.EventFilter;
import io.staddle.client.StaddleClient;
import io.staddle.client.Watch;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Says what happens to the migrations of a node and that something has begun, as the events of
/// Staddle tell. It may miss some: whoever waits looks from time to time by itself.
final class Alarm implements AutoCloseable {
    private static final Set<String> KINDS =
            Set.of(
                    "migration_started",
                    "phase_entered",
                    "migration_completed",
                    "migration_aborted",
                    "group_changed");

    private final NodeLife life;
    private final StaddleClient client;
    private final Consumer<MigrationRecord> migrations;
    private final Bell news = new Bell();
    private volatile @Nullable Watch watch;

    /// @param migrations is told how a migration of the node is now, on the watch's thread
    Alarm(NodeLife life, StaddleClient client, Consumer<MigrationRecord> migrations) {
        this.life = life;
        this.client = client;
        this.migrations = migrations;
    }

    /// Begins to watch, unless that goes on. One thread calls it, and [#await].
    void set() {
        Watch known = watch;
        if (known == null || known.isOver()) {
            WatchOptions options =
                    WatchOptions.FROM_NOW
                            .only(EventFilter.node(life.node()).ofKinds(KINDS))
                            .toldSoonest();
            watch = client.events().watch(options, this::hear);
        }
    }

    /// Waits until there are news, but not for longer.
    void await(Duration longest) throws InterruptedException {
        news.await(longest);
    }

    @Override
    public void close() {
        Watch known = watch;
        if (known != null) {
            known.close();
        }
    }

    private void hear(Watched heard) {
        if (heard instanceof Watched.Change change) {
            change.events().forEach(this::hear);
        }
    }

    private void hear(Event event) {
        if (event instanceof GroupChanged changed && !changed.group().removals().isEmpty()) {
            news.ring();
        }
        migration(event).filter(life::isNamedBy).ifPresent(migrations);
    }

    private static Optional<MigrationRecord> migration(Event event) {
        return switch (event) {
            case MigrationEvent.MigrationStarted started -> Optional.of(started.migration());
            case MigrationEvent.PhaseEntered entered -> Optional.of(entered.migration());
            case MigrationEvent.MigrationCompleted over -> Optional.of(over.migration());
            case MigrationEvent.MigrationAborted over -> Optional.of(over.migration());
            case Event other -> Optional.empty();
        };
    }
}
