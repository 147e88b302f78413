package io.staddle.storage;

/// A table's place in a store.
///
/// @param number 0 to the count of tables - 1; by order of names, so the same on every server
/// @param table the table there
/// @param seed a hash of the table's name: makes equal rows of two tables differ in the digest
record Slot(int number, Table<?, ?> table, long seed) {
    String name() {
        return table.name();
    }

    Table.Kind kind() {
        return table.kind();
    }

    /// Describes a row for a message.
    String row(byte[] key) {
        return "row " + Bytes.show(key) + " of table " + name();
    }
}
