package io.staddle.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// The batch of any store: a [Version] with the rows read and written since.
final class StoreBatch implements Batch {
    private final Tables tables;
    private final Version base;
    private final RunningDigest digest;
    private final List<Pending> pending = new ArrayList<>();
    private List<Overwritten> notes = new ArrayList<>();
    private boolean open = true;

    /// What the batch knows of one table; which part is used depends on the table's kind.
    private static final class Pending {
        final Slot slot;
        final Cells cells = new Cells();
        final LogTail tail;
        final QueueTail queue;
        Image<Held> image;
        boolean noted;

        Pending(Slot slot, Version base) {
            this.slot = slot;
            tail = new LogTail(slot, base);
            queue = new QueueTail(slot, base);
            image = base.image(slot);
        }
    }

    /// Starts on a version that has been retained for the batch.
    StoreBatch(Tables tables, Version base) {
        this.tables = tables;
        this.base = base;
        digest = new RunningDigest(base.digest());
        for (Slot slot : tables.slots()) {
            pending.add(new Pending(slot, base));
        }
    }

    @Override
    @SuppressWarnings("unchecked") // cells and images are filled by this table's codecs
    public <K, V> Optional<V> get(Table<K, V> table, K key) {
        Pending of = pending(table);
        return switch (table.kind()) {
            case LOG -> decoded(table, of.tail.get(table.keys().encode(key)));
            case QUEUE -> decoded(table, of.queue.get(table.keys().encode(key)));
            case ROWS, INDEX, RESIDENT -> {
                Cell cell = read(of, table, key);
                if (cell.isPresent() && cell.decoded.isEmpty()) {
                    cell.decoded = Optional.of(table.decodeValue(cell.now));
                }
                yield (Optional<V>) cell.decoded;
            }
        };
    }

    @Override
    public <K, V> List<Optional<V>> getAll(Table<K, V> table, List<K> keys) {
        prefetch(table, keys);
        return keys.stream().map(key -> get(table, key)).toList();
    }

    @Override
    public <K, V> Cursor<K, V> scan(Table<K, V> table, KeyRange range) {
        Pending of = pending(table);
        return switch (table.kind()) {
            case RESIDENT -> Cursors.over(table, of.image.scan(range));
            case LOG -> Cursors.decoding(table, of.tail.scan(range));
            case QUEUE -> Cursors.decoding(table, of.queue.scan(range));
            case ROWS, INDEX -> {
                ByteCursor rows = base.scan(of.slot, range);
                // Copied: the cursor must not change while its reader writes.
                Iterator<Image.Entry<byte[]>> written =
                        of.cells.writtenIn(range).stream()
                                .map(cell -> new Image.Entry<>(cell.key, cell.now))
                                .toList()
                                .iterator();
                yield Cursors.decoding(
                        table, written.hasNext() ? new MergedCursor(rows, written) : rows);
            }
        };
    }

    @Override
    public <K> void prefetch(Table<K, ?> table, Collection<K> keys) {
        Pending of = pending(table);
        if (table.kind() != Table.Kind.ROWS && table.kind() != Table.Kind.INDEX) {
            return;
        }
        List<K> missing = new ArrayList<>(keys.size());
        List<byte[]> bytes = new ArrayList<>(keys.size());
        for (K key : keys) {
            if (of.cells.find(key).isEmpty()) {
                missing.add(key);
                bytes.add(table.keys().encode(key));
            }
        }
        List<byte[]> values = base.getAll(of.slot, bytes);
        for (int i = 0; i < missing.size(); i++) {
            if (of.cells.find(missing.get(i)).isEmpty()) {
                of.cells.add(missing.get(i), bytes.get(i), values.get(i));
            }
        }
    }

    @Override
    public void note(Collection<Table<?, ?>> tables) {
        tables.forEach(table -> rows(table, "note").noted = true);
    }

    @Override
    public List<Overwritten> takeNotes() {
        if (notes.isEmpty()) {
            return List.of();
        }
        List<Overwritten> taken = notes;
        notes = new ArrayList<>();
        return taken;
    }

    @Override
    public <K, V> void insert(Table<K, V> table, K key, V value) {
        Pending of = rows(table, "insert");
        Cell cell = read(of, table, key);
        if (cell.isPresent()) {
            throw new CorruptDataException(
                    "expected no row to insert at, found " + of.slot.row(cell.key));
        }
        write(of, table, cell, key, value);
    }

    @Override
    public <K, V> void update(Table<K, V> table, K key, V value) {
        Pending of = rows(table, "update");
        Cell cell = read(of, table, key);
        if (!cell.isPresent()) {
            throw new CorruptDataException(
                    "expected a row to update, found no " + of.slot.row(cell.key));
        }
        write(of, table, cell, key, value);
    }

    @Override
    public <K, V> void put(Table<K, V> table, K key, V value) {
        Pending of = rows(table, "put");
        write(of, table, read(of, table, key), key, value);
    }

    @Override
    public <K> void delete(Table<K, ?> table, K key) {
        Pending of = rows(table, "delete");
        Cell cell = read(of, table, key);
        if (!cell.isPresent()) {
            throw new CorruptDataException(
                    "expected a row to delete, found no " + of.slot.row(cell.key));
        }
        note(of, table, cell);
        of.cells.write(cell, Bytes.ABSENT, Optional.empty());
        of.image = of.image.without(cell.key);
    }

    @Override
    public <K> void put(Table<K, Present> index, K key) {
        Pending of = only(Table.Kind.INDEX, index, "put of a key");
        byte[] nothing = Present.CODEC.encode(Present.PRESENT);
        of.cells.write(unread(of, index, key), nothing, Optional.of(Present.PRESENT));
    }

    @Override
    public <K> void remove(Table<K, Present> index, K key) {
        Pending of = only(Table.Kind.INDEX, index, "remove");
        of.cells.write(unread(of, index, key), Bytes.ABSENT, Optional.empty());
    }

    @Override
    public <K, V> int append(Table<K, V> log, K key, V value) {
        Pending of = only(Table.Kind.LOG, log, "append");
        byte[] keyBytes = log.keys().encode(key);
        byte[] valueBytes = log.values().encode(value);
        of.tail.append(keyBytes, valueBytes);
        digest.append(of.slot, keyBytes, valueBytes);
        return keyBytes.length + valueBytes.length;
    }

    @Override
    public <K> void trim(Table<K, ?> log, K before) {
        only(Table.Kind.LOG, log, "trim").tail.trim(log.keys().encode(before));
    }

    @Override
    public <K, V> void enqueue(Table<K, V> queue, K key, V value) {
        Pending of = only(Table.Kind.QUEUE, queue, "enqueue");
        byte[] keyBytes = queue.keys().encode(key);
        byte[] valueBytes = queue.values().encode(value);
        of.queue.append(keyBytes, valueBytes);
        digest.append(of.slot, keyBytes, valueBytes);
    }

    @Override
    public void drop(Table<?, ?> queue, KeyRange range) {
        only(Table.Kind.QUEUE, queue, "drop").queue.drop(range);
    }

    /// Ends the batch: tells all changes, and returns the digest that the store has with them.
    Digest finish(ChangeSink sink) {
        requireOpen();
        open = false;
        for (Pending of : pending) {
            switch (of.slot.kind()) {
                case ROWS, RESIDENT -> tellRows(of, sink);
                case INDEX -> tellIndex(of, sink);
                case LOG -> of.tail.tell(sink);
                case QUEUE -> of.queue.tell(sink);
            }
        }
        return digest.toDigest();
    }

    /// Tells the rows that were committed.
    void tell(RowCache cache) {
        for (Pending of : pending) {
            if (of.slot.kind() == Table.Kind.ROWS) {
                for (Cell cell : of.cells.written()) {
                    if (cell.isPresent()) {
                        cache.put(of.slot, cell.key, cell.now);
                    } else {
                        cache.remove(of.slot, cell.key);
                    }
                }
            }
        }
    }

    /// Ends the batch, whether finished or not, and lets go of what it is based on.
    void close() {
        open = false;
        base.release();
    }

    Image<Held> image(Slot slot) {
        return pending.get(slot.number()).image;
    }

    LogEnds ends(Slot slot) {
        return pending.get(slot.number()).tail.ends();
    }

    private void tellRows(Pending of, ChangeSink sink) {
        for (Cell cell : of.cells.writtenSorted()) {
            boolean was = !Bytes.isAbsent(cell.before);
            if (was == cell.isPresent() && Arrays.equals(cell.before, cell.now)) {
                continue;
            }
            if (was) {
                digest.subtract(of.slot, cell.key, cell.before);
            }
            if (cell.isPresent()) {
                digest.add(of.slot, cell.key, cell.now);
                sink.put(of.slot, cell.key, cell.now);
            } else {
                sink.delete(of.slot, cell.key);
            }
        }
    }

    private static void tellIndex(Pending of, ChangeSink sink) {
        for (Cell cell : of.cells.writtenSorted()) {
            if (cell.isPresent()) {
                sink.put(of.slot, cell.key, cell.now);
            } else {
                sink.delete(of.slot, cell.key);
            }
        }
    }

    private <K, V> void write(Pending of, Table<K, V> table, Cell cell, K key, V value) {
        note(of, table, cell);
        byte[] bytes = table.values().encode(value);
        of.cells.write(cell, bytes, Optional.of(value));
        if (table.kind() == Table.Kind.RESIDENT) {
            of.image = of.image.with(cell.key, new Held(new Row<>(key, value), bytes));
        }
    }

    private void note(Pending of, Table<?, ?> table, Cell cell) {
        if (of.noted) {
            notes.add(new Overwritten(table, cell.key, cell.now, cell.isPresent()));
        }
    }

    private <K> Cell read(Pending of, Table<K, ?> table, K key) {
        Optional<Cell> known = of.cells.find(key);
        if (known.isPresent()) {
            return known.get();
        }
        byte[] bytes = table.keys().encode(key);
        if (of.slot.kind() != Table.Kind.RESIDENT) {
            return of.cells.add(key, bytes, base.get(of.slot, bytes));
        }
        Optional<Held> held = of.image.get(bytes);
        Cell cell = of.cells.add(key, bytes, held.map(Held::bytes).orElse(Bytes.ABSENT));
        cell.decoded = held.map(found -> (Object) found.row().value());
        return cell;
    }

    private static <K> Cell unread(Pending of, Table<K, ?> table, K key) {
        Optional<Cell> known = of.cells.find(key);
        return known.isPresent()
                ? known.get()
                : of.cells.add(key, table.keys().encode(key), Cell.UNREAD);
    }

    private Pending rows(Table<?, ?> table, String verb) {
        Pending of = pending(table);
        if (table.kind() != Table.Kind.ROWS && table.kind() != Table.Kind.RESIDENT) {
            throw new IllegalArgumentException(
                    verb + " is not for table " + table.name() + ", of kind " + table.kind());
        }
        return of;
    }

    private Pending only(Table.Kind kind, Table<?, ?> table, String verb) {
        Pending of = pending(table);
        if (table.kind() != kind) {
            throw new IllegalArgumentException(
                    verb
                            + " is for tables of kind "
                            + kind
                            + ", "
                            + table.name()
                            + " is of kind "
                            + table.kind());
        }
        return of;
    }

    private Pending pending(Table<?, ?> table) {
        requireOpen();
        return pending.get(tables.slot(table).number());
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the batch is committed, or another was begun since");
        }
    }

    private static <V> Optional<V> decoded(Table<?, V> table, byte[] value) {
        return Bytes.isAbsent(value) ? Optional.empty() : Optional.of(table.decodeValue(value));
    }
}
