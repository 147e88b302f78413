package io.staddle.statemachine.past;

import io.staddle.api.id.Revision;
import io.staddle.statemachine.state.EntryUndo;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.View;

import java.util.Optional;

/// How far back states can be read, and when they were.
final class Kept {
    private Kept() {}

    /// Returns the first revision of which the state can be read: after the last one that there is,
    /// if only the present can be.
    static Revision oldest(View view) {
        long since = Numbers.get(view, Numbers.UNDO_SINCE);
        if (since == 0) {
            return new Revision(view.applied().index() + 1, 0);
        }
        return new Revision(Math.max(since + 1, Numbers.get(view, Numbers.HISTORY_FIRST)), 0);
    }

    /// Returns the logical time of the last change up to an index, or of one shortly after.
    static long atMillis(long index, View view) {
        if (index >= view.applied().index()) {
            return Numbers.get(view, Numbers.LOGICAL_NOW);
        }
        long found = -1;
        for (long reach = 1; found < 0; reach *= 4) {
            long from = Math.max(oldest(view).index(), index - reach);
            found = last(from, index, view);
            if (from == oldest(view).index()) {
                break;
            }
        }
        return found < 0 ? first(index, view) : found;
    }

    /// Returns the last index at which the logical time was at most `millis`; one before the oldest
    /// if there is none.
    static long lastUntil(long millis, View view) {
        long low = oldest(view).index() - 1;
        long high = view.applied().index();
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (first(middle, view) <= millis) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static long last(long from, long to, View view) {
        byte[] first = Schema.UNDO.keys().encode(from);
        byte[] end = Schema.UNDO.keys().encode(to + 1);
        long found = -1;
        try (var rows = view.scan(Schema.UNDO, new KeyRange(first, end))) {
            while (rows.hasNext()) {
                found = rows.next().value().atMillis();
            }
        }
        return found;
    }

    /// The time of the first change from an index on; the present if there is none.
    private static long first(long index, View view) {
        // Nearly every entry changes something, and a walk costs several times what a row does.
        Optional<EntryUndo> there = view.get(Schema.UNDO, index);
        return there.map(EntryUndo::atMillis).orElseGet(() -> firstAfter(index, view));
    }

    private static long firstAfter(long index, View view) {
        byte[] from = Schema.UNDO.keys().encode(index);
        try (var rows = view.scan(Schema.UNDO, KeyRange.startingAt(from))) {
            return rows.hasNext()
                    ? rows.next().value().atMillis()
                    : Numbers.get(view, Numbers.LOGICAL_NOW);
        }
    }
}
