package io.staddle.statemachine.ratis;

import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Digest;
import io.staddle.storage.LogPosition;
import io.staddle.storage.RocksStore;
import io.staddle.storage.StorageFailure;
import io.staddle.storage.Store;
import io.staddle.storage.StoreFigure;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;
import io.staddle.storage.View;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The store that entries are applied to. It is replaced as a whole when a snapshot is installed.
public final class LiveStore implements AutoCloseable {
    private final Path directory;
    private final StoreIdentity identity;
    private final StoreOptions options;
    private volatile RocksStore store;
    private volatile Consumer<? super StorageFailure> onFailure = failure -> {};

    private LiveStore(
            Path directory, StoreIdentity identity, StoreOptions options, RocksStore store) {
        this.directory = directory;
        this.identity = identity;
        this.options = options;
        this.store = store;
    }

    /// Creates the store of a server that never ran.
    ///
    /// @throws io.staddle.storage.StoreRefusedException if there is something already
    public static LiveStore create(Path directory, StoreIdentity identity, StoreOptions options) {
        return new LiveStore(
                directory,
                identity,
                options,
                RocksStore.create(directory, Schema.TABLES, identity, options));
    }

    /// Opens the store of a server that ran before.
    ///
    /// @throws io.staddle.storage.StorageException if it is missing, foreign or damaged
    public static LiveStore open(Path directory, StoreIdentity identity, StoreOptions options) {
        return new LiveStore(
                directory,
                identity,
                options,
                RocksStore.open(directory, Schema.TABLES, identity, options));
    }

    /// Tells whether there is a store to open.
    public static boolean exists(Path directory) {
        return Files.exists(directory);
    }

    /// Returns the state as it is now; the caller must close it.
    ///
    /// @throws io.staddle.storage.StorageFailure while a snapshot is being installed
    public View view() {
        return store.view();
    }

    /// Returns the index of the last entry applied; -1 for none.
    public long appliedIndex() {
        return store.applied().index();
    }

    /// Tells whether this is the state of a backup, and nothing was applied to it since.
    public boolean isAsRestored() {
        try (View view = store.view()) {
            return Numbers.isAsRestored(view);
        }
    }

    /// Returns a figure of the database.
    ///
    /// @throws io.staddle.storage.StorageException while a snapshot is being installed
    public long figure(StoreFigure figure) {
        return store.figure(figure);
    }

    /// Recomputes the digest from all rows.
    ///
    /// @throws io.staddle.storage.CorruptDataException if it is not the one kept
    public Digest verify() {
        return store.verify();
    }

    /// Tells `listener`, from any thread, when the disk failed: then the process must stop.
    void onFailure(Consumer<? super StorageFailure> listener) {
        onFailure = listener;
        store.onFailure(listener);
    }

    /// Writes to disk what is in memory, while entries go on being applied.
    ///
    /// @throws io.staddle.storage.StorageException if the disk fails, or the store is replaced at
    ///     that moment
    public void flush() {
        store.flush();
    }

    /// Writes a whole store with one commit to `target`, while entries go on being applied.
    ///
    /// @param target must not exist; its parent must
    /// @return the position of that commit
    /// @throws io.staddle.storage.StorageException if the disk fails, or the store is replaced at
    ///     that moment
    public LogPosition checkpoint(Path target) {
        return store.checkpoint(target);
    }

    /// Returns the store that is in use now.
    Store store() {
        return store;
    }

    /// Replaces everything by a checkpoint. The caller sees to it that nothing is applied
    /// meanwhile.
    void install(Path checkpoint) {
        store.close();
        RocksStore.install(checkpoint, directory, identity);
        store = RocksStore.open(directory, Schema.TABLES, identity, options);
        store.onFailure(onFailure);
    }

    /// Flushes and closes the store.
    @Override
    public void close() {
        store.close();
    }
}
