package io.staddle.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A store on disk: a column family of RocksDB a table, without RocksDB's own log.
///
/// The log of the replicas is the log. A commit is in memory until the next flush, which happens by
/// itself when `writeBufferBytes` are full, and after a crash the store is at some commit from the
/// last flush on, with rows, position and digest of the same commit. The directory holds `STORE`
/// (what is here and whose it is) and `data-N` (the database).
///
/// RocksDB's library is unpacked to the directory for temporary files when first used: 90 MB, so
/// give the process one of its own on a disk that has the space (`-Djava.io.tmpdir=`).
public final class RocksStore implements Store {
    private final Tables tables;
    private final Rocks rocks;
    private final Home home;
    private final BatchEncoder encoder;
    private final RowCache cache;
    private final AtomicReference<RocksVersion> last;
    private final CompletableFuture<StorageFailure> failure;
    private Optional<StoreBatch> batch = Optional.empty();

    private RocksStore(
            Tables tables,
            Rocks rocks,
            Home home,
            RowCache cache,
            CompletableFuture<StorageFailure> failure) {
        this.tables = tables;
        this.cache = cache;
        this.rocks = rocks;
        this.home = home;
        this.failure = failure;
        encoder =
                new BatchEncoder(
                        tables.slots().stream()
                                .mapToInt(slot -> rocks.family(slot).getID())
                                .toArray());
        last = new AtomicReference<>(load(tables, rocks));
    }

    /// Creates an empty store in `dir`.
    ///
    /// @param dir must not exist or be empty
    /// @throws StoreRefusedException if there is something in `dir`
    /// @throws StorageFailure if the disk fails
    public static RocksStore create(
            Path dir,
            List<? extends Table<?, ?>> tables,
            StoreIdentity identity,
            StoreOptions options) {
        try {
            List<String> names = Directories.names(dir);
            if (!names.isEmpty()) {
                throw new StoreRefusedException(
                        StoreRefusedException.Reason.NOT_EMPTY,
                        "an empty directory for a new store at " + dir,
                        names.toString(),
                        "choose another path, or open the store that is there");
            }
            Files.createDirectories(dir);
            Marker marker = Marker.of(identity, Marker.DATA_PREFIX + 1, new Tables(tables));
            RocksStore store = start(dir, marker, Rocks.Mode.CREATE, new Tables(tables), options);
            store.flush();
            marker.write(dir);
            Directories.syncParent(dir);
            return store;
        } catch (IOException e) {
            throw new StorageFailure("cannot create a store in " + dir, e);
        }
    }

    /// Opens the store in `dir`, as the last flush left it.
    ///
    /// Tables that the store does not have yet are added, empty. Those that are not in `tables` are
    /// dropped if they are empty, and otherwise the store is refused: a newer program opens the
    /// store of an older one, and the reverse until the newer one uses what is new.
    ///
    /// @throws StoreRefusedException if there is no store in `dir`, or not this one
    /// @throws CorruptDataException if it is damaged
    /// @throws StorageFailure if the disk fails
    public static RocksStore open(
            Path dir,
            List<? extends Table<?, ?>> tables,
            StoreIdentity identity,
            StoreOptions options) {
        try {
            Tables known = new Tables(tables);
            Marker found = Marker.read(dir, identity);
            found.requireKinds(dir, known);
            UnknownTables unknown = new UnknownTables(dir, found, known);
            unknown.requireNoneLost();
            // First without writing: RocksDB deletes files that a damaged list of files leaves out.
            Installation.inspect(dir.resolve(found.data()), found, options.verifyOnOpen());
            Marker marker = unknown.drop();
            RocksStore store = start(dir, marker, Rocks.Mode.OPEN, known, options);
            Marker now = marker.with(known);
            if (!now.equals(marker)) {
                now.write(dir);
            }
            Installation.sweep(dir, marker.data());
            return store;
        } catch (IOException e) {
            throw new StorageFailure("cannot open the store in " + dir, e);
        }
    }

    /// Puts a copy of a checkpoint in the place of what is in `dir`, and returns its position.
    ///
    /// The old content stays the store's until the new one is complete, durable, and its checksums
    /// are verified; then one rename switches. A crash leaves one or the other, or, if `dir` was
    /// empty, a directory that [#open] refuses and `install` completes.
    ///
    /// @param checkpoint stays as it is, and may be deleted afterwards
    /// @param dir empty, missing, or a store of `expected` that is not open
    /// @throws StoreRefusedException if either directory is another's
    /// @throws CorruptDataException if the checkpoint is damaged
    /// @throws StorageFailure if the disk fails
    public static LogPosition install(Path checkpoint, Path dir, StoreIdentity expected) {
        try {
            return Installation.install(checkpoint, dir, expected);
        } catch (IOException e) {
            throw new StorageFailure("cannot install " + checkpoint + " in " + dir, e);
        }
    }

    /// Makes the store in `dir`, which is not open, one of `to`.
    ///
    /// @throws StoreRefusedException if it is not one of `from`
    /// @throws StorageFailure if the disk fails
    public static void handOver(Path dir, StoreIdentity from, StoreIdentity to) {
        try {
            Marker marker = Marker.read(dir, from);
            marker.of(to).write(dir);
        } catch (IOException e) {
            throw new StorageFailure("cannot hand over the store in " + dir, e);
        }
    }

    /// Tells `listener` once, from any thread, when the disk failed; at once if it has already.
    ///
    /// From then on nothing is written and the process must stop.
    public void onFailure(Consumer<? super StorageFailure> listener) {
        var _ = failure.thenAccept(listener);
    }

    @Override
    public Batch begin() {
        requireHealthy();
        batch.ifPresent(StoreBatch::close);
        batch = Optional.of(new StoreBatch(tables, new CachedVersion(retained(), cache)));
        return batch.get();
    }

    @Override
    public void commit(Batch given, LogPosition position) {
        requireHealthy();
        StoreBatch mine = Commits.check(batch, given, last.get().applied(), position);
        batch = Optional.empty();
        try {
            encoder.clear();
            Meta meta = new Meta(position, mine.finish(encoder));
            encoder.putInto(rocks.metaFamily().getID(), Meta.KEY, meta.toBytes());
            rocks.write(encoder.toBytes());
            mine.tell(cache);
            RocksVersion next =
                    new RocksVersion(
                            rocks,
                            meta,
                            tables.slots().stream().map(mine::image).toList(),
                            tables.slots().stream().map(mine::ends).toList());
            last.getAndSet(next).release();
        } catch (StorageFailure e) {
            failed(e);
            throw e;
        } finally {
            mine.close();
        }
    }

    @Override
    public LogPosition applied() {
        requireHealthy();
        return last.get().applied();
    }

    @Override
    public Digest digest() {
        requireHealthy();
        return last.get().digest();
    }

    /// Returns a figure of the database.
    ///
    /// @throws StoreClosedException if the store is closed
    public long figure(StoreFigure figure) {
        return rocks.figure(figure);
    }

    @Override
    public View view() {
        return new StoreView(tables, retained());
    }

    @Override
    public LogPosition checkpoint(Path target) {
        flush();
        try {
            return Installation.checkpoint(rocks, target, home.marker());
        } catch (IOException e) {
            throw new StorageFailure("cannot write the checkpoint " + target, e);
        }
    }

    @Override
    public Digest verify() {
        RocksVersion version = retained();
        try {
            return Verification.verify(tables, version);
        } finally {
            version.release();
        }
    }

    @Override
    public void flush() {
        requireHealthy();
        flushAndMark();
    }

    private void flushAndMark() {
        LogPosition position = last.get().applied();
        try {
            rocks.flush();
            home.durable(position);
        } catch (IOException e) {
            StorageFailure failed = new StorageFailure("cannot mark the store as flushed", e);
            failed(failed);
            throw failed;
        } catch (StorageFailure e) {
            failed(e);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            if (!failure.isDone() && rocks.isOpen()) {
                flushAndMark();
            }
        } finally {
            rocks.shut();
        }
    }

    private static RocksStore start(
            Path dir, Marker marker, Rocks.Mode mode, Tables tables, StoreOptions options) {
        CompletableFuture<StorageFailure> failure = new CompletableFuture<>();
        Rocks rocks =
                Rocks.open(
                        dir.resolve(marker.data()),
                        mode,
                        tables,
                        options,
                        error -> failure.complete(new StorageFailure("RocksDB failed: " + error)));
        try {
            if (mode == Rocks.Mode.CREATE) {
                BatchEncoder first = new BatchEncoder(new int[0]);
                first.putInto(rocks.metaFamily().getID(), Meta.KEY, Meta.NONE.toBytes());
                rocks.write(first.toBytes());
            }
            Home home = new Home(dir, marker.with(tables));
            RowCache cache = new RowCache(options.rowCacheBytes());
            return new RocksStore(tables, rocks, home, cache, failure);
        } catch (RuntimeException e) {
            rocks.shut();
            throw e;
        }
    }

    /// Reads what a version keeps in memory, and pins it.
    static RocksVersion load(Tables tables, Rocks rocks) {
        Meta meta = rocks.requireMeta();
        int count = tables.slots().size();
        List<Image<Held>> images = new ArrayList<>(Collections.nCopies(count, Image.empty()));
        List<LogEnds> ends = new ArrayList<>(Collections.nCopies(count, LogEnds.NONE));
        RocksVersion raw = new RocksVersion(rocks, meta, images, ends);
        for (Slot slot : tables.slots()) {
            if (slot.kind() == Table.Kind.RESIDENT) {
                images.set(slot.number(), load(raw, slot));
            } else if (slot.kind() == Table.Kind.LOG) {
                ends.set(slot.number(), raw.readEnds(slot));
            }
        }
        raw.release();
        return new RocksVersion(rocks, meta, List.copyOf(images), List.copyOf(ends));
    }

    private static Image<Held> load(RocksVersion version, Slot slot) {
        Image<Held> image = Image.empty();
        try (ByteCursor rows = version.scan(slot, KeyRange.all())) {
            while (rows.advance()) {
                image = image.with(rows.key(), Held.of(slot.table(), rows.key(), rows.value()));
            }
        }
        return image;
    }

    private RocksVersion retained() {
        RocksVersion version = last.get();
        while (!version.retain()) {
            // Either a commit replaced it at this moment, or the store is closed.
            rocks.requireOpen();
            version = last.get();
        }
        return version;
    }

    private void failed(StorageFailure e) {
        if (rocks.isOpen()) { // else it only says that the store was closed meanwhile
            failure.complete(e);
        }
    }

    private void requireHealthy() {
        if (failure.isDone()) {
            throw new StorageFailure("the disk failed before", failure.join());
        }
        rocks.requireOpen();
    }
}
