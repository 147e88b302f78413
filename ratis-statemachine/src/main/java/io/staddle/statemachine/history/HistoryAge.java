package io.staddle.statemachine.history;

import io.staddle.statemachine.state.EntryEvents;
import io.staddle.statemachine.state.Numbers;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;

import java.util.Optional;

/// Finds events of history by their time, which never falls from entry to entry.
public final class HistoryAge {
    private HistoryAge() {}

    /// Returns an index before which all events are older, and from which on none is; at a cost of
    /// some readings, however long history is.
    ///
    /// @param millis logical time in milliseconds since 1970
    /// @param newest the index after which there is nothing
    public static long firstSince(long millis, long newest, Reads view) {
        long low = Numbers.get(view, Numbers.HISTORY_FIRST);
        long high = newest + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Optional<Row<Long, EntryEvents>> row = HistoryBytes.firstFrom(middle, view);
            if (row.isEmpty() || row.get().value().events().getFirst().atMillis() >= millis) {
                high = middle;
            } else {
                low = row.get().key() + 1;
            }
        }
        return low;
    }
}
