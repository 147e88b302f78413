package io.staddle.storage;

/// A row as it was before a batch wrote it.
///
/// @param key its bytes
/// @param before the bytes of its value; none if it was not there
/// @param existed whether it was there
@SuppressWarnings("ArrayRecordComponent") // never changed once made
public record Overwritten(Table<?, ?> table, byte[] key, byte[] before, boolean existed) {}
