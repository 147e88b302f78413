package io.staddle.storage;

/// Takes the changes of a batch, in no order between tables; within a table as they were made.
interface ChangeSink {
    void put(Slot slot, byte[] key, byte[] value);

    void delete(Slot slot, byte[] key);

    /// Deletes all rows in a range that has an end; told before the puts to the same table.
    void deleteRange(Slot slot, KeyRange range);
}
