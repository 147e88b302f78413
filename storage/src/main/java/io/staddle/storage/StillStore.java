package io.staddle.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A store on disk to which nobody writes, such as a checkpoint: it is read, and stays as it is.
///
/// That costs less than opening it as a [RocksStore], which recovers it, may begin to compact it,
/// and leaves files of its own.
public final class StillStore implements AutoCloseable {
    private final Tables tables;
    private final Rocks rocks;
    private final RocksVersion version;
    private final Path data;

    private StillStore(Tables tables, Rocks rocks, RocksVersion version, Path data) {
        this.tables = tables;
        this.rocks = rocks;
        this.version = version;
        this.data = data;
    }

    /// Opens the store in `dir`.
    ///
    /// @param tables those of the store, and no others
    /// @throws StoreRefusedException if there is no store in `dir`, or not this one
    /// @throws CorruptDataException if it is damaged
    /// @throws StorageFailure if the disk fails
    public static StillStore open(
            Path dir,
            List<? extends Table<?, ?>> tables,
            StoreIdentity identity,
            StoreOptions options) {
        try {
            Tables known = new Tables(tables);
            Marker marker = Marker.read(dir, identity);
            marker.requireKnown(dir, known);
            Path data = dir.resolve(marker.data());
            Rocks rocks = Rocks.open(data, Rocks.Mode.READ, known, options, _ -> {});
            try {
                RocksVersion version = RocksStore.load(known, rocks);
                marker.requireDurable(data, version.applied());
                return new StillStore(known, rocks, version, data);
            } catch (RuntimeException e) {
                rocks.shut();
                throw e;
            }
        } catch (IOException e) {
            throw new StorageFailure("cannot read the store in " + dir, e);
        }
    }

    /// Returns what is in it; the caller must close it.
    ///
    /// @throws StoreClosedException if the store is closed
    public View view() {
        if (!version.retain()) {
            throw new StoreClosedException();
        }
        return new StoreView(tables, version);
    }

    @Override
    public void close() {
        version.release();
        rocks.shut();
        try {
            Files.deleteIfExists(data.resolve("LOG")); // of this reading; says nothing
        } catch (IOException e) {
            throw new StorageFailure("cannot delete the log of a reading in " + data, e);
        }
    }
}
