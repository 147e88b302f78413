package io.staddle.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// The tables of a store that this program does not know, as a newer one has made them.
///
/// One that holds nothing is dropped, so that a server can go back to the version it came from; one
/// with rows in it is not, and the store is refused.
final class UnknownTables {
    private final Path dir;
    private final Marker marker;
    private final Tables known;
    private final Path data;
    private final Set<String> found;

    UnknownTables(Path dir, Marker marker, Tables known) {
        this.dir = dir;
        this.marker = marker;
        this.known = known;
        data = dir.resolve(marker.data());
        found = Rocks.familyNames(data);
    }

    /// Refuses a database that has fewer tables than its mark names.
    void requireNoneLost() {
        SortedSet<String> lost = new TreeSet<>(marker.tables().keySet());
        lost.removeAll(found);
        if (!lost.isEmpty()) {
            throw new CorruptDataException(
                    "expected the tables of "
                            + marker.tables()
                            + " in "
                            + dir
                            + ", found none of "
                            + lost
                            + "; restore the store from a checkpoint or from the"
                            + " other servers");
        }
    }

    /// Sees to it that the store has none; the database must not be open.
    ///
    /// A crash leaves the store with all of them or some, and the next call goes on.
    ///
    /// @return the mark of the store as it is now
    /// @throws StoreRefusedException if one of them holds rows
    Marker drop() throws IOException {
        SortedSet<String> unknown = new TreeSet<>(found);
        known.slots().forEach(slot -> unknown.remove(slot.name()));
        if (unknown.isEmpty()) {
            return marker;
        }
        requireEmpty(unknown);
        Marker without = marker.without(unknown);
        // Before they are gone: a mark that names a table which is not there is damage.
        without.write(dir);
        Rocks rocks = open(Rocks.Mode.OPEN, everything(unknown));
        try {
            rocks.drop(unknown);
        } finally {
            rocks.shut();
        }
        return without;
    }

    private void requireEmpty(Set<String> names) {
        Tables unknown = new Tables(raw(names));
        Rocks rocks = open(Rocks.Mode.READ, unknown);
        SortedSet<String> filled = new TreeSet<>();
        try {
            for (Slot slot : unknown.slots()) {
                if (!rocks.isEmpty(slot)) {
                    filled.add(slot.name());
                }
            }
        } finally {
            rocks.shut();
        }
        if (!filled.isEmpty()) {
            throw new StoreRefusedException(
                    StoreRefusedException.Reason.OTHER_SCHEMA,
                    "only known tables in " + dir,
                    "also " + filled + ", with rows in them",
                    "it was written by another version: start that one");
        }
    }

    private Rocks open(Rocks.Mode mode, Tables tables) {
        return Rocks.open(data, mode, tables, StoreOptions.DEFAULTS, _ -> {});
    }

    /// A database can be opened for writing with all of its tables only.
    private Tables everything(Set<String> unknown) {
        List<Table<?, ?>> all = new ArrayList<>(raw(unknown));
        known.slots().forEach(slot -> all.add(slot.table()));
        return new Tables(all);
    }

    private static List<Table<?, ?>> raw(Set<String> names) {
        List<Table<?, ?>> raw = new ArrayList<>();
        names.forEach(name -> raw.add(Table.rows(name, Keys.TEXT, Keys.TEXT)));
        return raw;
    }
}
