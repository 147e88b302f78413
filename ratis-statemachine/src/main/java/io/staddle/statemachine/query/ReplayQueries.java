package io.staddle.statemachine.query;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.query.ReplayPage;
import io.staddle.api.query.ReplayStatus;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.QueueOrigin;
import io.staddle.statemachine.state.QueuePlace;
import io.staddle.statemachine.state.ReplayRow;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Answers questions about the replay queues of one state.
public final class ReplayQueries {
    private final Reads view;

    /// Asks the state that `view` shows.
    public ReplayQueries(Reads view) {
        this.view = view;
    }

    /// Returns the entries after a place, in order and without gaps; empty if there is no such
    /// cluster.
    ///
    /// @param afterSeq 0 and up; what was acknowledged is not shown again
    /// @param limit the most entries, 1 and up
    /// @param maxBytes the most bytes of keys and values; one entry is shown though it have more
    public Optional<ReplayPage> peek(ClusterId target, long afterSeq, int limit, long maxBytes) {
        return queue(target)
                .map(queue -> new ReplayPage(queue, entries(queue, afterSeq, limit, maxBytes)));
    }

    /// Returns how a queue stands; empty if there is no such cluster.
    public Optional<ReplayStatus> status(ClusterId target) {
        return queue(target).map(this::status);
    }

    /// Returns the queues of the registered clusters that were ever appended to, by target.
    public List<ReplayStatus> all() {
        List<ReplayStatus> all = new ArrayList<>();
        try (var rows = view.scan(Schema.REPLAY_QUEUES, KeyRange.all())) {
            rows.forEachRemaining(row -> status(row.key()).ifPresent(all::add));
        }
        return all;
    }

    private Optional<ReplayQueue> queue(ClusterId target) {
        return view.get(Schema.CLUSTERS, target)
                .map(_ ->
                        view.get(Schema.REPLAY_QUEUES, target)
                                .orElseGet(() ->
                                        ReplayQueue.empty(target, Numbers.restoredAbove(view))));
    }

    private ReplayStatus status(ReplayQueue queue) {
        long oldestMillis =
                view.get(
                                Schema.REPLAY_ENTRIES,
                                new QueuePlace(queue.target(), queue.ackedSeq() + 1))
                        .map(ReplayRow::atMillis)
                        .orElse(0L);
        List<ReplayOrigin> origins = new ArrayList<>();
        try (var rows = view.scan(Schema.REPLAY_ORIGINS, QueueOrigin.of(queue.target()))) {
            rows.forEachRemaining(row -> origins.add(row.value()));
        }
        return new ReplayStatus(queue, oldestMillis, 0, origins)
                .at(Numbers.get(view, Numbers.LOGICAL_NOW));
    }

    private List<ReplayEntry> entries(ReplayQueue queue, long afterSeq, int limit, long maxBytes) {
        long after = Math.max(afterSeq, queue.ackedSeq());
        List<ReplayEntry> entries = new ArrayList<>();
        if (after >= queue.lastSeq()) {
            return entries;
        }
        KeyRange range = QueuePlace.between(queue.target(), after, queue.lastSeq());
        long bytes = 0;
        try (var rows = view.scan(Schema.REPLAY_ENTRIES, range)) {
            while (rows.hasNext() && entries.size() < limit) {
                var row = rows.next();
                bytes += row.value().write().bytes();
                if (bytes > maxBytes && !entries.isEmpty()) {
                    break;
                }
                entries.add(row.value().at(row.key().seq()));
            }
        }
        return entries;
    }
}
