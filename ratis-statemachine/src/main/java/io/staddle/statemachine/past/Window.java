package io.staddle.statemachine.past;

import io.staddle.api.id.Revision;
import io.staddle.statemachine.state.GrainRow.Place.InHolding;
import io.staddle.statemachine.state.HoldingGrain;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.UndoneRow;
import io.staddle.statemachine.state.Versioned;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// What rows of a table were at a revision, as far as they have been overwritten since: those from
/// one key on, as many as it may remember, up to its bound.
///
/// A row that is there is right for every present from then on, so readers may share it.
final class Window {
    /// Where it begins.
    ///
    /// @param table of [Versioned], or [Schema#HOLDING_GRAINS], of which it knows which rows may
    ///     have been there, and not whether they were
    @SuppressWarnings("ArrayRecordComponent") // never changed once made
    record Place(Revision at, Table<?, ?> table, byte[] from) {}

    private final Place place;
    private final int rowsMax;
    private final ConcurrentSkipListMap<byte[], UndoneRow> rows =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private volatile byte[] bound;

    /// Guarded by `this`, like the one below.
    private boolean isFilled;

    private long through;

    /// @param bound what it need not know; no bytes: nothing of that kind
    /// @param rowsMax how many rows it may remember
    Window(Place place, byte[] bound, int rowsMax) {
        this.place = place;
        this.rowsMax = rowsMax;
        this.bound = bound;
        through = place.at().index() - 1;
    }

    /// Returns the first key that it does not know about; no bytes: it knows all to the end.
    byte[] bound() {
        return bound;
    }

    /// Tells whether it knows about the rows at the beginning of `other`.
    boolean serves(Place other) {
        return place.at().equals(other.at())
                && place.table().name().equals(other.table().name())
                && Arrays.compareUnsigned(place.from(), other.from()) <= 0
                && isBeforeBound(other.from());
    }

    /// Returns what was, by key, from `key` on.
    SortedMap<byte[], UndoneRow> from(byte[] key) {
        return rows.tailMap(key, true);
    }

    /// Takes in what has been overwritten up to the present of `view`.
    synchronized void extend(View view) {
        long applied = view.applied().index();
        if (applied <= through) {
            return;
        }
        byte[] first = Schema.UNDO.keys().encode(through + 1);
        try (var entries = view.scan(Schema.UNDO, KeyRange.startingAt(first))) {
            while (entries.hasNext()) {
                var entry = entries.next();
                boolean isThatOne = entry.key() == place.at().index();
                for (UndoneRow row : entry.value().rows()) {
                    if (!isThatOne || row.ordinal() > place.at().ordinal()) {
                        take(row);
                    }
                }
            }
        }
        isFilled = true;
        through = applied;
    }

    private void take(UndoneRow row) {
        if (place.table().name().equals(Schema.HOLDING_GRAINS.name())) {
            placeOf(row).ifPresent(key -> add(key, row));
        } else if (row.table() == Versioned.number(place.table())) {
            add(row.key().toByteArray(), row);
        }
    }

    private void add(byte[] key, UndoneRow row) {
        if (Arrays.compareUnsigned(key, place.from()) < 0 || !isBeforeBound(key)) {
            return;
        }
        // The first that was overwritten is what was there.
        rows.putIfAbsent(key, row);
        // Once somebody reads it, it keeps what it has said that it knows.
        if (!isFilled && rows.size() > rowsMax) {
            bound = rows.pollLastEntry().getKey();
        }
    }

    private static Optional<byte[]> placeOf(UndoneRow row) {
        if (row.table() != Versioned.number(Schema.GRAINS)) {
            return Optional.empty();
        }
        String key = Schema.GRAINS.keys().decode(row.key().toByteArray()).key();
        return row.value(Schema.GRAINS)
                .filter(was -> was.place() instanceof InHolding)
                .map(was -> new HoldingGrain(((InHolding) was.place()).holding(), key))
                .map(Schema.HOLDING_GRAINS.keys()::encode);
    }

    private boolean isBeforeBound(byte[] key) {
        return bound.length == 0 || Arrays.compareUnsigned(key, bound) < 0;
    }
}
