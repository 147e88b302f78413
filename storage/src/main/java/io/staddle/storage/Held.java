package io.staddle.storage;

/// A row of a `RESIDENT` table as it is held in memory.
///
/// @param row the row, decoded
/// @param bytes the value, encoded
@SuppressWarnings("ArrayRecordComponent") // never changed once made
record Held(Row<?, ?> row, byte[] bytes) {
    static Held of(Table<?, ?> table, byte[] key, byte[] bytes) {
        return new Held(new Row<>(table.decodeKey(key), table.decodeValue(bytes)), bytes);
    }
}
