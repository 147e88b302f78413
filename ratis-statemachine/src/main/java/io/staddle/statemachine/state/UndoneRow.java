package io.staddle.statemachine.state;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;

import io.staddle.storage.Overwritten;
import io.staddle.storage.Table;

import java.util.Optional;

/// A row as it was before a command wrote it.
///
/// @param ordinal of the command in its entry
/// @param table its number in [Versioned]
/// @param before its value as bytes; empty if there was no such row
public record UndoneRow(int ordinal, int table, ByteString key, Optional<ByteString> before) {
    /// Returns what a command overwrote, as it is kept. The bytes are shared.
    public static UndoneRow of(int ordinal, Overwritten row) {
        return new UndoneRow(
                ordinal,
                Versioned.number(row.table()),
                UnsafeByteOperations.unsafeWrap(row.key()),
                row.existed()
                        ? Optional.of(UnsafeByteOperations.unsafeWrap(row.before()))
                        : Optional.empty());
    }

    /// Returns the value that it had; empty if there was no such row.
    ///
    /// @param of the table that it is a row of
    public <V> Optional<V> value(Table<?, V> of) {
        return before.map(bytes -> of.values().decode(bytes.toByteArray()));
    }
}
