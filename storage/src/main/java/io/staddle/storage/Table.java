package io.staddle.storage;

import java.util.regex.Pattern;

/// Names a sorted map that a store keeps, and says how to write its rows as bytes.
///
/// Name, kind, key bytes and value bytes are format: once stores with the table exist, they stay.
///
/// @param <K> the type of the keys
/// @param <V> the type of the values
/// @param name unique in a store; `a-z`, digits and `_`, 1 to 64 characters, a letter first
/// @param keys how keys become bytes; its order is the order of scans
/// @param values how values become bytes
/// @param kind how the table is written and kept
public record Table<K, V>(String name, KeyCodec<K> keys, Codec<V> values, Kind kind) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /// How a table is written and kept.
    public enum Kind {
        /// Large: on disk, in the digest, every write checked.
        ROWS,
        /// Small: like [#ROWS], and also held decoded in memory, so reading costs no disk access.
        RESIDENT,
        /// Derived from other tables: keys only, written unchecked, not in the digest.
        INDEX,
        /// Appended to with growing keys and trimmed from the front; in the rolling digest.
        LOG,
        /// Many queues in one table: appended to with keys never used before, dropped in ranges,
        /// written unchecked; in the rolling digest. For rows that are large and soon gone: to drop
        /// them costs neither a read nor a hash of each.
        QUEUE
    }

    /// Checks the name.
    public Table {
        // "default" is the family in which RocksStore keeps what it must know about itself.
        if (!NAME.matcher(name).matches() || name.equals("default")) {
            throw new IllegalArgumentException(
                    "a table's name must match "
                            + NAME
                            + " and not be 'default', is '"
                            + name
                            + "'");
        }
    }

    /// Names a large table.
    public static <K, V> Table<K, V> rows(String name, KeyCodec<K> keys, Codec<V> values) {
        return new Table<>(name, keys, values, Kind.ROWS);
    }

    /// Names a table that is small enough to be held in memory, decoded, beside the disk.
    public static <K, V> Table<K, V> resident(String name, KeyCodec<K> keys, Codec<V> values) {
        return new Table<>(name, keys, values, Kind.RESIDENT);
    }

    /// Names a table of keys.
    public static <K> Table<K, Present> index(String name, KeyCodec<K> keys) {
        return new Table<>(name, keys, Present.CODEC, Kind.INDEX);
    }

    /// Names a table of queues.
    public static <K, V> Table<K, V> queue(String name, KeyCodec<K> keys, Codec<V> values) {
        return new Table<>(name, keys, values, Kind.QUEUE);
    }

    /// Names a table to append to.
    public static <K, V> Table<K, V> log(String name, KeyCodec<K> keys, Codec<V> values) {
        return new Table<>(name, keys, values, Kind.LOG);
    }

    /// Decodes a stored key.
    ///
    /// @throws CorruptDataException if that fails, however it does
    K decodeKey(byte[] bytes) {
        try {
            return keys.decode(bytes);
        } catch (RuntimeException e) {
            throw unreadable("key", bytes, e);
        }
    }

    /// Decodes a stored value.
    ///
    /// @throws CorruptDataException if that fails, however it does
    V decodeValue(byte[] bytes) {
        try {
            return values.decode(bytes);
        } catch (RuntimeException e) {
            throw unreadable("value", bytes, e);
        }
    }

    private CorruptDataException unreadable(String what, byte[] bytes, RuntimeException e) {
        return new CorruptDataException(
                "expected a %s of table %s, found %s: %s"
                        .formatted(what, name, Bytes.show(bytes), e.getMessage()),
                e);
    }
}
