package io.staddle.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A store in memory: as [RocksStore], but gone with the process, and so for tests and simulations.
///
/// [#checkpoint] writes a file that [#open] reads.
public final class HeapStore implements Store {
    private final Tables tables;
    private final AtomicBoolean closed;
    private volatile HeapVersion last;
    private Optional<StoreBatch> batch = Optional.empty();

    private HeapStore(Tables tables, HeapVersion first) {
        this.tables = tables;
        last = first;
        closed = first.closed();
    }

    /// Creates an empty store.
    public static HeapStore create(List<? extends Table<?, ?>> tables) {
        Tables slots = new Tables(tables);
        int count = slots.slots().size();
        return new HeapStore(
                slots,
                new HeapVersion(
                        LogPosition.NONE,
                        Digest.EMPTY,
                        List.copyOf(Collections.nCopies(count, Image.<byte[]>empty())),
                        List.copyOf(Collections.nCopies(count, Image.<Held>empty())),
                        List.copyOf(Collections.nCopies(count, LogEnds.NONE)),
                        new AtomicBoolean()));
    }

    /// Creates a store with the content of a checkpoint of a heap store.
    ///
    /// @throws StoreRefusedException if there is none at `checkpoint`, or it has other tables
    public static HeapStore open(Path checkpoint, List<? extends Table<?, ?>> tables) {
        Tables slots = new Tables(tables);
        return new HeapStore(slots, HeapDump.read(checkpoint, slots));
    }

    @Override
    public Batch begin() {
        requireOpen();
        batch = Optional.of(new StoreBatch(tables, last));
        return batch.get();
    }

    @Override
    public void commit(Batch given, LogPosition position) {
        requireOpen();
        StoreBatch mine = Commits.check(batch, given, last.applied(), position);
        batch = Optional.empty();
        List<Image<byte[]>> rows = new ArrayList<>(last.rows());
        Digest digest = mine.finish(new Filling(rows));
        last =
                new HeapVersion(
                        position,
                        digest,
                        List.copyOf(rows),
                        tables.slots().stream().map(mine::image).toList(),
                        tables.slots().stream().map(mine::ends).toList(),
                        closed);
    }

    @Override
    public LogPosition applied() {
        requireOpen();
        return last.applied();
    }

    @Override
    public Digest digest() {
        requireOpen();
        return last.digest();
    }

    @Override
    public View view() {
        requireOpen();
        return new StoreView(tables, last);
    }

    @Override
    public LogPosition checkpoint(Path target) {
        requireOpen();
        return HeapDump.write(target, tables, last);
    }

    @Override
    public Digest verify() {
        requireOpen();
        return Verification.verify(tables, last);
    }

    /// Does nothing: memory is all there is.
    @Override
    public void flush() {
        requireOpen();
    }

    @Override
    public void close() {
        closed.set(true);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StoreClosedException();
        }
    }

    private record Filling(List<Image<byte[]>> rows) implements ChangeSink {
        @Override
        public void put(Slot slot, byte[] key, byte[] value) {
            rows.set(slot.number(), rows.get(slot.number()).with(key, value));
        }

        @Override
        public void delete(Slot slot, byte[] key) {
            rows.set(slot.number(), rows.get(slot.number()).without(key));
        }

        @Override
        public void deleteRange(Slot slot, KeyRange range) {
            var gone = rows.get(slot.number()).scan(range);
            while (gone.hasNext()) {
                delete(slot, gone.next().key());
            }
        }
    }
}
