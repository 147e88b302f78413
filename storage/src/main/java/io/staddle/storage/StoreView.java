package io.staddle.storage;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The view of any store: decodes what a retained [Version] reads.
final class StoreView implements View {
    private final Tables tables;
    private final Version version;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// Takes over a version that has been retained for it.
    StoreView(Tables tables, Version version) {
        this.tables = tables;
        this.version = version;
    }

    @Override
    public LogPosition applied() {
        return version.applied();
    }

    @Override
    public Digest digest() {
        return version.digest();
    }

    @Override
    @SuppressWarnings("unchecked") // the image was filled by this table's codecs
    public <K, V> Optional<V> get(Table<K, V> table, K key) {
        Slot slot = slot(table);
        byte[] keyBytes = table.keys().encode(key);
        if (slot.kind() == Table.Kind.RESIDENT) {
            return version.image(slot).get(keyBytes).map(held -> (V) held.row().value());
        }
        return decoded(table, version.get(slot, keyBytes));
    }

    @Override
    public <K, V> List<Optional<V>> getAll(Table<K, V> table, List<K> keys) {
        Slot slot = slot(table);
        if (slot.kind() == Table.Kind.RESIDENT) {
            return keys.stream().map(key -> get(table, key)).toList();
        }
        List<byte[]> keyBytes = keys.stream().map(table.keys()::encode).toList();
        return version.getAll(slot, keyBytes).stream().map(value -> decoded(table, value)).toList();
    }

    @Override
    public <K, V> Cursor<K, V> scan(Table<K, V> table, KeyRange range) {
        Slot slot = slot(table);
        return slot.kind() == Table.Kind.RESIDENT
                ? Cursors.over(table, version.image(slot).scan(range))
                : Cursors.decoding(table, version.scan(slot, range));
    }

    @Override
    @SuppressWarnings("unchecked") // the image was filled by this table's codecs
    public <K, V> List<V> values(Table<K, V> table) {
        Slot slot = slot(table);
        return slot.kind() == Table.Kind.RESIDENT
                ? (List<V>) version.image(slot).all(held -> held.row().value())
                : View.super.values(table);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            version.release();
        }
    }

    private Slot slot(Table<?, ?> table) {
        if (closed.get()) {
            throw new IllegalStateException("the view of " + version.applied() + " is closed");
        }
        return tables.slot(table);
    }

    private static <V> Optional<V> decoded(Table<?, V> table, byte[] value) {
        return Bytes.isAbsent(value) ? Optional.empty() : Optional.of(table.decodeValue(value));
    }
}
