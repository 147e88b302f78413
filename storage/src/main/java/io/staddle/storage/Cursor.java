package io.staddle.storage;

import java.util.Iterator;

/// Walks over rows in ascending order of their keys; to be closed, and used by one thread.
///
/// `hasNext` and `next` throw [StorageFailure] if the store was closed meanwhile.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
public interface Cursor<K, V> extends Iterator<Row<K, V>>, AutoCloseable {
    /// Frees what the cursor holds; a second call does nothing.
    @Override
    void close();
}
