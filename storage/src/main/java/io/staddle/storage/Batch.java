package io.staddle.storage;

import java.util.Collection;
import java.util.List;

/// Gathers the writes of one commit; for one thread. Its reads see its own writes.
///
/// The verb states the expectation. A broken one is a [CorruptDataException] that names table and
/// key: the batch must then not be committed. A verb that does not fit the table's kind is an
/// [IllegalArgumentException]. A cursor shows the rows as they were when it was opened, so writing
/// while scanning is safe.
public interface Batch extends Reads {
    /// Reads the rows at `keys` together, so that later reads and writes of them cost no disk
    /// access.
    <K> void prefetch(Table<K, ?> table, Collection<K> keys);

    /// Notes from now on how the rows of these tables were before each write; `ROWS` and
    /// `RESIDENT`.
    void note(Collection<Table<?, ?>> tables);

    /// Returns what was noted since the last call: one element a write, in order. A row that was
    /// written twice is there twice.
    List<Overwritten> takeNotes();

    /// Writes a row that must be new; `ROWS` and `RESIDENT`.
    <K, V> void insert(Table<K, V> table, K key, V value);

    /// Writes a row that must exist; `ROWS` and `RESIDENT`.
    <K, V> void update(Table<K, V> table, K key, V value);

    /// Writes a row that may exist; `ROWS` and `RESIDENT`.
    <K, V> void put(Table<K, V> table, K key, V value);

    /// Deletes a row that must exist; `ROWS` and `RESIDENT`.
    <K> void delete(Table<K, ?> table, K key);

    /// Adds a key that may be there already; `INDEX`.
    <K> void put(Table<K, Present> index, K key);

    /// Removes a key that may be missing already; `INDEX`.
    <K> void remove(Table<K, Present> index, K key);

    /// Appends a row whose key must be greater than those of all rows before; `LOG`.
    ///
    /// Rows appended since the store was opened count even if they have been trimmed.
    ///
    /// @return how many bytes the row has, its key included
    <K, V> int append(Table<K, V> log, K key, V value);

    /// Adds a row whose key was never used before; `QUEUE`.
    ///
    /// Only within this batch is that checked.
    <K, V> void enqueue(Table<K, V> queue, K key, V value);

    /// Removes the rows in `range`; `QUEUE`.
    ///
    /// Costs a deletion a row, but one for all if there are many.
    void drop(Table<?, ?> queue, KeyRange range);

    /// Removes the rows before `before`, which itself stays; `LOG`.
    ///
    /// Costs a deletion a row, but one for all if there are many.
    <K> void trim(Table<K, ?> log, K before);
}
