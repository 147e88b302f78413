package io.staddle.storage;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// An open RocksDB with its column families; closed with all that depends on it.
final class Rocks extends Counted {
    static {
        NativeLibrary.load();
    }

    private final RocksDB db;
    private final RocksSettings settings;
    private final List<ColumnFamilyHandle> families;
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final ReadOptions latest = new ReadOptions();
    private final Set<Counted> dependents = ConcurrentHashMap.newKeySet();

    private Rocks(RocksDB db, RocksSettings settings, List<ColumnFamilyHandle> families) {
        this.db = db;
        this.settings = settings;
        this.families = families;
    }

    /// How to open a database.
    enum Mode {
        CREATE,
        OPEN,
        READ
    }

    /// Opens the database in `dir`; families that are missing are created, but for reading.
    static Rocks open(
            Path dir, Mode mode, Tables tables, StoreOptions options, Consumer<String> onError) {
        RocksSettings settings = new RocksSettings(tables, options, mode, onError);
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try {
            String path = dir.toString();
            RocksDB db =
                    mode == Mode.READ
                            ? RocksDB.openReadOnly(
                                    settings.db(), path, settings.families(), families)
                            : RocksDB.open(settings.db(), path, settings.families(), families);
            return new Rocks(db, settings, List.copyOf(families));
        } catch (RocksDBException e) {
            settings.close();
            throw RocksErrors.atOpen(dir, e);
        }
    }

    /// Returns the names of the column families, without RocksDB's own `default`.
    static Set<String> familyNames(Path dir) {
        try (Options options = new Options()) {
            Set<String> names = new HashSet<>();
            for (byte[] name : RocksDB.listColumnFamilies(options, dir.toString())) {
                names.add(RocksSettings.text(name));
            }
            names.remove(RocksSettings.text(RocksDB.DEFAULT_COLUMN_FAMILY));
            return names;
        } catch (RocksDBException e) {
            throw RocksErrors.atOpen(dir, e);
        }
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle family(Slot slot) {
        return families.get(slot.number() + 1);
    }

    ColumnFamilyHandle metaFamily() {
        return families.getFirst();
    }

    /// Returns the state that the last commit left.
    Meta requireMeta() {
        enter();
        try {
            return Optional.ofNullable(db.get(metaFamily(), latest, Meta.KEY))
                    .map(Meta::of)
                    .orElseThrow(() ->
                            new CorruptDataException(
                                    "expected a state in " + db.getName() + ", found none"));
        } catch (RocksDBException e) {
            throw RocksErrors.reading("the state", e);
        } finally {
            exit();
        }
    }

    /// Says whether a table holds nothing.
    boolean isEmpty(Slot slot) {
        enter();
        try (RocksIterator rows = db.newIterator(family(slot), latest)) {
            rows.seekToFirst();
            rows.status();
            return !rows.isValid();
        } catch (RocksDBException e) {
            throw RocksErrors.reading("whether " + slot.name() + " is empty", e);
        } finally {
            exit();
        }
    }

    /// Drops the tables of these names.
    void drop(Set<String> names) {
        enter();
        try {
            for (ColumnFamilyHandle family : families) {
                if (names.contains(RocksSettings.text(family.getName()))) {
                    db.dropColumnFamily(family);
                }
            }
        } catch (RocksDBException e) {
            throw RocksErrors.writing("the end of tables", e);
        } finally {
            exit();
        }
    }

    /// Writes an encoded batch in one piece.
    void write(byte[] encoded) {
        enter();
        try (WriteBatch batch = new WriteBatch(encoded)) {
            db.write(unlogged, batch);
        } catch (RocksDBException e) {
            throw RocksErrors.writing("a commit", e);
        } finally {
            exit();
        }
    }

    void flush() {
        enter();
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            db.flush(wait, families);
        } catch (RocksDBException e) {
            throw RocksErrors.writing("a flush", e);
        } finally {
            exit();
        }
    }

    /// Reads all files and compares their checksums.
    void verifyChecksums() {
        enter();
        try {
            db.verifyChecksum();
        } catch (RocksDBException e) {
            throw RocksErrors.reading("the files to verify their checksums", e);
        } finally {
            exit();
        }
    }

    /// Asks RocksDB for a figure.
    long figure(StoreFigure figure) {
        enter();
        try {
            return figure.isSum()
                    ? db.getAggregatedLongProperty(figure.property())
                    : db.getLongProperty(metaFamily(), figure.property());
        } catch (RocksDBException e) {
            throw RocksErrors.reading(figure.property(), e);
        } finally {
            exit();
        }
    }

    void add(Counted dependent) {
        dependents.add(dependent);
    }

    void remove(Counted dependent) {
        dependents.remove(dependent);
    }

    @Override
    void free() {
        dependents.forEach(Counted::shut);
        families.forEach(ColumnFamilyHandle::close);
        latest.close();
        unlogged.close();
        db.close();
        settings.close();
    }
}
