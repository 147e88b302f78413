package io.staddle.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads rows of one consistent state.
///
/// Every method throws [IllegalArgumentException] for a table that the store does not have,
/// [CorruptDataException] for bytes that cannot be read, and [StorageFailure] if the disk fails or
/// the store is closed.
public interface Reads {
    /// Returns the value at `key`.
    <K, V> Optional<V> get(Table<K, V> table, K key);

    /// Returns the values at `keys`, in their order; cheaper than many calls of [#get].
    <K, V> List<Optional<V>> getAll(Table<K, V> table, List<K> keys);

    /// Walks over the rows whose keys are in `range`, ascending; the cursor must be closed.
    <K, V> Cursor<K, V> scan(Table<K, V> table, KeyRange range);

    /// Returns all values of a table, in the order of their keys: for tables of which all is
    /// needed. Of a `RESIDENT` table, views give the same list until a row is changed.
    default <K, V> List<V> values(Table<K, V> table) {
        List<V> values = new ArrayList<>();
        try (Cursor<K, V> rows = scan(table, KeyRange.all())) {
            rows.forEachRemaining(row -> values.add(row.value()));
        }
        return values;
    }
}
