package io.staddle.statemachine.past;

import com.google.protobuf.ByteString;

import io.staddle.api.id.Revision;
import io.staddle.statemachine.state.EntryUndo;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.UndoneRow;
import io.staddle.storage.CorruptDataException;
import io.staddle.storage.KeyRange;
import io.staddle.storage.View;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Finds what a row was, in what entries have overwritten ([Schema#UNDO]).
///
/// It is in memory only, made by whoever reads the past and from where the last reader left off:
/// who never does so pays nothing, and writing knows nothing of it. What it does not know it reads
/// from the table, so it makes reading fast and nothing else. It serves all views of one
/// deployment: what an entry overwrote is the same whoever tells it. For any number of threads.
public final class UndoIndex {
    private static final int CHANGES_MAX = 1 << 21;
    private static final int WINDOW_ROWS_MAX = 50_000;
    private static final int WINDOWS_MAX = 4;

    private final int windowRowsMax;

    /// All below is guarded by `this`.
    private final Chains chains;

    /// The chains know the changes of entries after this index, ...
    private long after = -1;

    /// ... up to and including this one; -1 before the first.
    private long through = -1;

    private final List<Window> windows = new ArrayList<>();

    /// Creates one that knows nothing yet.
    public UndoIndex() {
        this(CHANGES_MAX, WINDOW_ROWS_MAX);
    }

    /// Creates one that remembers less: it answers the same.
    ///
    /// @param changesMax changes of rows by entries; a power of two, 1,024 and up
    /// @param windowRowsMax rows that a scan remembers; 1 and up
    public UndoIndex(int changesMax, int windowRowsMax) {
        chains = new Chains(changesMax);
        this.windowRowsMax = windowRowsMax;
    }

    /// Returns the first thing that was overwritten of a row after a revision: what it was then.
    /// Empty if it is the same still.
    ///
    /// @param table its number
    /// @param view the present
    Optional<UndoneRow> firstAfter(Revision at, int table, byte[] key, View view) {
        ByteString sought = ByteString.copyFrom(key);
        long[] changes = changes(hash(table, sought), at.index(), view);
        for (int i = changes.length - 1; i >= 0; i--) {
            if (changes[i] <= view.applied().index()) {
                Optional<UndoneRow> found = find(changes[i], at, table, sought, view);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// Returns the newest commands that changed a row, the newest first.
    ///
    /// @param table its number
    /// @param view the present
    List<Revision> changes(int table, byte[] key, int max, View view) {
        ByteString sought = ByteString.copyFrom(key);
        List<Revision> found = new ArrayList<>();
        for (long entry : changes(hash(table, sought), Kept.oldest(view).index(), view)) {
            if (found.size() < max && entry <= view.applied().index()) {
                rows(entry, view).reversed().stream()
                        .filter(row -> row.table() == table && row.key().equals(sought))
                        .map(row -> new Revision(entry, row.ordinal()))
                        .distinct()
                        .forEach(found::add);
            }
        }
        return found.subList(0, Math.min(max, found.size()));
    }

    /// Returns the rows of a table that have been overwritten since, from a key on.
    ///
    /// @param bound no row at or after it is sought; no bytes: to the end
    Window window(Window.Place place, byte[] bound, View view) {
        if (bound.length > 0 && Arrays.compareUnsigned(place.from(), bound) >= 0) {
            return new Window(place, bound, 1);
        }
        while (true) {
            Window window = find(place, bound);
            window.extend(view);
            // Whoever filled it may have found that it cannot know as much as it was to.
            if (window.serves(place)) {
                return window;
            }
        }
    }

    private synchronized Window find(Window.Place place, byte[] bound) {
        for (Window known : windows) {
            if (known.serves(place)) {
                return known;
            }
        }
        if (windows.size() == WINDOWS_MAX) {
            windows.removeFirst();
        }
        Window made = new Window(place, bound, windowRowsMax);
        windows.add(made);
        return made;
    }

    /// The entries that may have changed a row, from `from` on, the newest first.
    private long[] changes(long hash, long from, View view) {
        synchronized (this) {
            extend(view);
            long known = Math.max(after, chains.forgottenThrough());
            if (from > known) {
                return chains.changes(hash, from);
            }
            long[] newer = chains.changes(hash, known + 1);
            return concat(newer, scanned(hash, from, known, view));
        }
    }

    private void extend(View view) {
        long applied = view.applied().index();
        if (through < 0) {
            after = Kept.oldest(view).index() - 1;
            through = after;
        }
        if (applied <= through) {
            return;
        }
        try (var rows = view.scan(Schema.UNDO, KeyRange.startingAt(key(through + 1)))) {
            while (rows.hasNext()) {
                var row = rows.next();
                for (UndoneRow undone : row.value().rows()) {
                    chains.add(hash(undone.table(), undone.key()), row.key());
                }
            }
        }
        through = applied;
    }

    /// What the chains have forgotten is read.
    private static long[] scanned(long hash, long from, long to, View view) {
        List<Long> found = new ArrayList<>();
        try (var rows = view.scan(Schema.UNDO, new KeyRange(key(from), key(to + 1)))) {
            while (rows.hasNext()) {
                var row = rows.next();
                if (row.value().rows().stream().anyMatch(each -> hash(each) == hash)) {
                    found.addFirst(row.key());
                }
            }
        }
        return found.stream().mapToLong(Long::longValue).toArray();
    }

    private static Optional<UndoneRow> find(
            long index, Revision at, int table, ByteString key, View view) {
        int ordinal = index == at.index() ? at.ordinal() : -1;
        for (UndoneRow row : rows(index, view)) {
            if (row.ordinal() > ordinal && row.table() == table && row.key().equals(key)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private static List<UndoneRow> rows(long index, View view) {
        return view.get(Schema.UNDO, index)
                .map(EntryUndo::rows)
                .orElseThrow(() ->
                        new CorruptDataException(
                                "expected what entry " + index + " overwrote, found nothing"));
    }

    private static long[] concat(long[] newer, long[] older) {
        long[] all = Arrays.copyOf(newer, newer.length + older.length);
        System.arraycopy(older, 0, all, newer.length, older.length);
        return all;
    }

    private static byte[] key(long index) {
        return Schema.UNDO.keys().encode(index);
    }

    private static long hash(UndoneRow row) {
        return hash(row.table(), row.key());
    }

    /// FNV-1a, and its bits mixed.
    private static long hash(int table, ByteString key) {
        long hash = 0xCBF29CE484222325L ^ table;
        for (int i = 0; i < key.size(); i++) {
            hash = (hash ^ key.byteAt(i) & 0xFF) * 0x100000001B3L;
        }
        hash = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        return hash ^ hash >>> 33;
    }
}
