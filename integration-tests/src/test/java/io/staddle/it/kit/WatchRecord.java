package io.staddle.it.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.event.Event;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;
import io.staddle.api.query.EventFilter;
import io.staddle.client.EventPage;
import io.staddle.client.StaddleClient;
import io.staddle.client.Watch;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One who watches and writes down all that it is told.
public final class WatchRecord implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Watch watch;
    private final Duration pause;

    // Guarded by this.
    private final List<Happened> all = new ArrayList<>();

    /// An event and the command that it came from.
    public record Happened(Revision revision, Event event) {}

    private WatchRecord(String name, StaddleClient client, WatchOptions options, Duration pause) {
        this.name = name;
        this.pause = pause;
        watch = client.events().watch(options, this::note);
    }

    /// Starts to watch.
    public static WatchRecord of(String name, StaddleClient client, WatchOptions options) {
        return of(name, client, options, Duration.ZERO);
    }

    /// Starts to watch with a listener that takes its time.
    ///
    /// @param pause over each change
    public static WatchRecord of(
            String name, StaddleClient client, WatchOptions options, Duration pause) {
        return new WatchRecord(name, client, options, pause);
    }

    /// Waits until it has come so far that nothing up to an index is missing.
    public void awaitThrough(long index) {
        await(name + " at " + index)
                .atMost(PATIENCE)
                .until(() -> watch.ended().isDone() || watch.position().index() > index);
    }

    /// Returns what it was told of.
    public synchronized List<Happened> happened() {
        return List.copyOf(all);
    }

    /// Asserts that it was told all that history has, in that order, each once, up to an index.
    public void assertTold(List<Happened> history, long index) {
        List<Happened> told =
                happened().stream().filter(each -> each.revision().index() <= index).toList();
        assertThat(watch.ended()).as(name).isNotCompletedExceptionally();
        assertThat(told).as(name).hasSameSizeAs(history);
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).as("%s, event %d", name, i).isEqualTo(history.get(i));
        }
    }

    @Override
    public void close() {
        watch.close();
    }

    /// Reads history up to an index, as far as it is kept.
    public static List<Happened> history(StaddleClient client, EventFilter filter, long index) {
        List<Happened> all = new ArrayList<>();
        long after = 0;
        Optional<EventPage> page = Optional.empty();
        while (page.isEmpty() || !page.get().isLast()) {
            page = Optional.of(client.events().after(after, filter));
            for (RecordedEvent event : page.get().events()) {
                if (event.revision().index() <= index) {
                    all.add(new Happened(event.revision(), event.event()));
                }
            }
            after = page.get().throughIndex();
        }
        return all;
    }

    @Override
    public String toString() {
        return name;
    }

    private void note(Watched news) {
        synchronized (this) {
            if (news instanceof Watched.Change change) {
                change.events().forEach(event -> all.add(new Happened(change.revision(), event)));
            }
        }
        if (pause.isPositive()) {
            rest();
        }
    }

    private void rest() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
