package io.staddle.statemachine.history;

import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.EntryEvents;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;

import java.util.Optional;

/// How many bytes of history there are: of events and of what they have overwritten, as they are
/// stored, before compression. Two numbers count them, of all that came and of all that went, and
/// each row of events says how many had come before it; so nobody adds them up.
///
/// Entries from before feature level 6 count nothing.
public final class HistoryBytes {
    private HistoryBytes() {}

    /// Returns how many bytes are kept.
    public static long kept(Reads view) {
        return Numbers.get(view, Numbers.HISTORY_BYTES)
                - Numbers.get(view, Numbers.HISTORY_BYTES_GONE);
    }

    static boolean areCounted(Reads view) {
        return Configs.of(view).featureLevel() >= Levels.HISTORY_BYTES;
    }

    /// Returns how many bytes were let go of when nothing before `first` is kept any more.
    public static long goneBefore(long first, Reads view) {
        return firstFrom(first, view)
                .map(row -> row.value().bytesBefore())
                .orElseGet(() -> Numbers.get(view, Numbers.HISTORY_BYTES));
    }

    /// Returns the first entry from which on there are at most so many bytes, or else the newest;
    /// at a cost of some readings, however long history is.
    ///
    /// @param newest the index of the newest entry with events
    static long firstWithin(long bytes, long newest, Reads view) {
        long total = Numbers.get(view, Numbers.HISTORY_BYTES);
        long low = Numbers.get(view, Numbers.HISTORY_FIRST);
        long high = newest;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Row<Long, EntryEvents> row = firstFrom(middle, view).orElseThrow();
            if (total - row.value().bytesBefore() <= bytes) {
                high = middle;
            } else {
                low = Math.min(row.key() + 1, newest);
            }
        }
        return low;
    }

    /// Returns the first entry with events at or after `index`.
    static Optional<Row<Long, EntryEvents>> firstFrom(long index, Reads view) {
        KeyRange range = KeyRange.startingAt(Schema.HISTORY.keys().encode(index));
        try (var rows = view.scan(Schema.HISTORY, range)) {
            return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        }
    }
}
