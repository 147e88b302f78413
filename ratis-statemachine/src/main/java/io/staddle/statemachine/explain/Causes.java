package io.staddle.statemachine.explain;

import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;
import io.staddle.statemachine.past.Changes;
import io.staddle.storage.Table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Gathers what made something as it is, from history.
final class Causes {
    private static final int LOOKED_AT_MAX = 100;

    private final Changes changes;
    private final TreeMap<Revision, List<RecordedEvent>> found = new TreeMap<>();
    private boolean more;

    Causes(Changes changes) {
        this.changes = changes;
    }

    /// Adds what the newest commands that changed a row say, as far as `wanted` wants it; returns
    /// when these were, the newest first.
    <K> List<Revision> add(Table<K, ?> table, K key, int max, Predicate<Event> wanted) {
        List<Revision> revisions = changes.of(table, key, max + 1);
        more |= revisions.size() > max;
        List<Revision> newest = revisions.subList(0, Math.min(max, revisions.size()));
        newest.forEach(revision -> add(revision, wanted));
        return newest;
    }

    /// Adds what a command says, as far as `wanted` wants it; returns whether it says any of that.
    boolean add(Revision revision, Predicate<Event> wanted) {
        List<RecordedEvent> events = found.computeIfAbsent(revision, _ -> new ArrayList<>());
        int before = events.size();
        changes.events(revision).stream()
                .filter(each -> wanted.test(each.event()) && !events.contains(each))
                .forEach(events::add);
        return events.size() > before;
    }

    /// Adds what the newest command before a revision says that changed a row in such a way.
    <K> void newestBefore(Table<K, ?> table, K key, Revision before, Predicate<Event> wanted) {
        for (Revision revision : changes.of(table, key, LOOKED_AT_MAX)) {
            if (revision.compareTo(before) < 0 && add(revision, wanted)) {
                return;
            }
        }
    }

    /// Says that there are older causes, which are not kept.
    void areMore() {
        more = true;
    }

    /// Tells whether there are older causes.
    boolean hasMore() {
        return more;
    }

    /// Returns them, the oldest first.
    List<RecordedEvent> all() {
        return found.values().stream().flatMap(Collection::stream).toList();
    }

    /// Tells whether an event is about clusters, and says why and not only what.
    static boolean saysWhy(Event event) {
        return event instanceof ClusterEvent
                && !(event instanceof ClusterEvent.Heard)
                // It lists all holdings; the move of each is an event, too.
                && !(event instanceof ClusterEvent.MoveRecorded);
    }
}
