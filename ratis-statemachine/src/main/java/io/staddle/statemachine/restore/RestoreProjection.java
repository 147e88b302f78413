package io.staddle.statemachine.restore;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Fencing;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Move;
import io.staddle.api.model.Primacy;
import io.staddle.statemachine.history.HistoryBytes;
import io.staddle.statemachine.state.GrainRow;
import io.staddle.statemachine.state.GrainRow.Place;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Primacies;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.TimedGrain;
import io.staddle.storage.Batch;
import io.staddle.storage.KeyRange;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Present;
import io.staddle.storage.Reads;
import io.staddle.storage.Store;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Makes the state of a backup one that a new deployment can go on from: all that proves something
/// is raised by the same number, and history begins anew.
///
/// Raised are epochs of grains, floors, fences, the primary's epoch, epochs of vShards, numbers of
/// migrations, memberships of groups, epochs and tokens of scopes, places in replay queues, numbers
/// of holdings, and the index of the log. What the old deployment has given out since the backup is
/// not known; whoever calls this chooses a number that it cannot have reached. What it created
/// since begins above the same number ([Schema#RESTORED_ABOVE]).
///
/// The same state and the same number give the same rows, and so the same digest, on every server.
public final class RestoreProjection {
    /// The term of the state that a restore ends with: Ratis takes a server whose newest entry is
    /// of term 0 for an empty one, and 1 is the first that a new deployment can have.
    private static final long FIRST_TERM = 1;

    /// The term of what is written on the way there: after any other.
    private static final long NO_TERM = 0;

    private static final int ROWS_OF_COMMIT = 10_000;

    private final Store store;
    private final long by;
    private long index;

    private RestoreProjection(Store store, long by) {
        this.store = store;
        this.by = by;
        index = store.applied().index();
    }

    /// Raises everything in `store` by `by`, which nobody else uses, and returns its new position.
    /// If this is cut off, the store is of no use.
    ///
    /// @param by more than the old deployment can have given out of anything since; at least 2^32
    public static LogPosition raise(Store store, long by) {
        RestoreProjection restore = new RestoreProjection(store, by);
        LogPosition last = new LogPosition(FIRST_TERM, store.applied().index() + by);
        try (View before = store.view()) {
            restore.each(Schema.TOMBSTONES, before, restore::released);
            restore.each(Schema.LEASE_ENDS, before, restore::leased);
            ReplayRaiseProjection.entries(before, by, restore::commit);
        }
        restore.commit(batch -> {
            restore.holdings(batch);
            restore.clusters(batch);
            RoutingRaiseProjection.raise(batch, by);
            BarrierRaiseProjection.raise(batch, by);
            ReplayRaiseProjection.raise(batch, by);
            restore.history(last.index(), batch);
            restore.numbers(last.index(), batch);
        });
        store.commit(store.begin(), last);
        store.flush();
        return last;
    }

    private <K> void each(Table<K, Present> table, Reads before, BiConsumer<K, Batch> change) {
        try (var rows = before.scan(table, KeyRange.all())) {
            while (rows.hasNext()) {
                List<K> page = new ArrayList<>();
                while (rows.hasNext() && page.size() < ROWS_OF_COMMIT) {
                    page.add(rows.next().key());
                }
                commit(batch -> page.forEach(key -> change.accept(key, batch)));
            }
        }
    }

    private void commit(Consumer<Batch> change) {
        Batch batch = store.begin();
        change.accept(batch);
        store.commit(batch, new LogPosition(NO_TERM, ++index));
    }

    private void released(TimedGrain key, Batch batch) {
        GrainId grain = key.grain();
        GrainRow row = batch.get(Schema.GRAINS, grain).orElseThrow();
        batch.update(
                Schema.GRAINS, grain, new GrainRow(row.place(), raised(row.epoch()), row.since()));
    }

    /// A lease ends with the epoch that it was given for: here it is to go on.
    private void leased(TimedGrain key, Batch batch) {
        GrainRow row = batch.get(Schema.GRAINS, key.grain()).orElseThrow();
        if (row.place() instanceof Place.InHolding place
                && place.leaseUntilMillis() == key.atMillis()
                && Ownerships.holding(place, batch).shift() == place.shift()) {
            Place same = new Place.InHolding(place.holding(), place.shift() + by, key.atMillis());
            batch.update(
                    Schema.GRAINS,
                    key.grain(),
                    new GrainRow(same, raised(row.epoch()), row.since()));
        }
    }

    /// The shift of a holding raises the epochs of all grains in it.
    private void holdings(Batch batch) {
        for (Holding holding : batch.values(Schema.HOLDINGS)) {
            batch.update(
                    Schema.HOLDINGS,
                    holding.id(),
                    new Holding(
                            holding.id(),
                            holding.cluster(),
                            raised(holding.fence()),
                            holding.type(),
                            holding.holder(),
                            holding.shift() + by,
                            holding.since()));
        }
        try (var floors = batch.scan(Schema.EPOCH_FLOORS, KeyRange.all())) {
            floors.forEachRemaining(
                    row -> batch.update(Schema.EPOCH_FLOORS, row.key(), raised(row.value())));
        }
    }

    /// What a cluster said that it obeys stays: it has to say it again.
    private void clusters(Batch batch) {
        for (ClusterRecord cluster : batch.values(Schema.CLUSTERS)) {
            Fencing was = cluster.fencing();
            Fencing is = new Fencing(raised(was.fence()), was.acked(), was.openFailover());
            batch.update(
                    Schema.CLUSTERS,
                    cluster.id(),
                    new ClusterRecord(
                            cluster.id(),
                            cluster.profile(),
                            cluster.health(),
                            cluster.vitals(),
                            cluster.role(),
                            is,
                            cluster.pause(),
                            cluster.version()));
            was.openFailover()
                    .ifPresent(open -> {
                        Move move = batch.get(Schema.MOVES, open).orElseThrow();
                        batch.update(Schema.MOVES, open, raised(move));
                    });
        }
        try (var fences = batch.scan(Schema.FENCES, KeyRange.all())) {
            fences.forEachRemaining(
                    row -> batch.update(Schema.FENCES, row.key(), raised(row.value())));
        }
        Primacy primacy = Primacies.of(batch);
        batch.put(
                Schema.PRIMACY,
                Schema.ONLY,
                new Primacy(primacy.primary(), primacy.epoch() + by, primacy.sinceMillis()));
    }

    /// Nobody goes on watching, or reads a state, across a gap of which nothing is known.
    private void history(long first, Batch batch) {
        batch.trim(Schema.HISTORY, first);
        batch.trim(Schema.UNDO, first);
        try (var marks = batch.scan(Schema.HISTORY_MARKS, KeyRange.all())) {
            marks.forEachRemaining(row -> batch.delete(Schema.HISTORY_MARKS, row.key()));
        }
        long gone = HistoryBytes.goneBefore(first, batch);
        if (gone > 0) {
            batch.put(Schema.NUMBERS, Numbers.HISTORY_BYTES_GONE, gone);
        }
        batch.put(Schema.NUMBERS, Numbers.HISTORY_FIRST, first);
        if (Numbers.get(batch, Numbers.UNDO_SINCE) != 0) {
            batch.put(Schema.NUMBERS, Numbers.UNDO_SINCE, first);
        }
    }

    /// The servers of the new deployment have other disks, and its terms begin anew.
    private void numbers(long first, Batch batch) {
        batch.put(Schema.NUMBERS, Numbers.RESTORED_AT, first);
        batch.put(Schema.RESTORED_ABOVE, Schema.ONLY, Numbers.restoredAbove(batch) + by);
        batch.put(
                Schema.NUMBERS,
                Numbers.LAST_HOLDING,
                Numbers.get(batch, Numbers.LAST_HOLDING) + by);
        if (Numbers.get(batch, Numbers.LED_TERM) != 0) {
            batch.put(Schema.NUMBERS, Numbers.LED_TERM, 0L);
        }
        try (var servers = batch.scan(Schema.SERVERS, KeyRange.all())) {
            servers.forEachRemaining(row -> batch.delete(Schema.SERVERS, row.key()));
        }
        batch.values(Schema.MEMBERS).forEach(each -> batch.delete(Schema.MEMBERS, each.server()));
    }

    private Move raised(Move move) {
        return new Move(
                move.id(),
                move.kind(),
                move.cluster(),
                raised(move.fence()),
                move.demotion(),
                move.holdings(),
                move.at());
    }

    private Epoch raised(Epoch epoch) {
        return epoch.shifted(by);
    }

    private Fence raised(Fence fence) {
        return new Fence(fence.value() + by);
    }
}
