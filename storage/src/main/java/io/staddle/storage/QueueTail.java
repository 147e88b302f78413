package io.staddle.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a batch appends to and drops from one queue table.
final class QueueTail {
    private final Slot slot;
    private final Version base;
    private final SortedMap<byte[], byte[]> appended = new TreeMap<>(Arrays::compareUnsigned);
    private final List<KeyRange> dropped = new ArrayList<>();

    QueueTail(Slot slot, Version base) {
        this.slot = slot;
        this.base = base;
    }

    void append(byte[] key, byte[] value) {
        if (appended.put(key, value) != null) {
            throw new CorruptDataException(
                    "expected a key that is new to append, found " + slot.row(key));
        }
    }

    void drop(KeyRange range) {
        if (!range.isEmpty()) {
            appendedIn(range).clear();
            dropped.add(range);
        }
    }

    byte[] get(byte[] key) {
        byte[] value = appended.getOrDefault(key, Bytes.ABSENT);
        return Bytes.isAbsent(value) && !isDropped(key) ? base.get(slot, key) : value;
    }

    ByteCursor scan(KeyRange range) {
        if (range.isEmpty()) {
            return ByteCursor.none();
        }
        // Copied: the cursor must not change while its reader writes.
        Iterator<Image.Entry<byte[]>> pending =
                appendedIn(range).entrySet().stream()
                        .map(row -> new Image.Entry<>(row.getKey(), row.getValue()))
                        .toList()
                        .iterator();
        return new MergedCursor(new Kept(base.scan(slot, range), List.copyOf(dropped)), pending);
    }

    void tell(ChangeSink sink) {
        dropped.forEach(range -> Deletions.tell(slot, range, base, sink));
        appended.forEach((key, value) -> sink.put(slot, key, value));
    }

    private boolean isDropped(byte[] key) {
        return dropped.stream().anyMatch(range -> range.contains(key));
    }

    private SortedMap<byte[], byte[]> appendedIn(KeyRange range) {
        return range.to().length == 0
                ? appended.tailMap(range.from())
                : appended.subMap(range.from(), range.to());
    }

    /// Walks over the committed rows that were not dropped.
    private record Kept(ByteCursor rows, List<KeyRange> dropped) implements ByteCursor {
        @Override
        public boolean advance() {
            while (rows.advance()) {
                if (dropped.stream().noneMatch(range -> range.contains(rows.key()))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public byte[] key() {
            return rows.key();
        }

        @Override
        public byte[] value() {
            return rows.value();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
