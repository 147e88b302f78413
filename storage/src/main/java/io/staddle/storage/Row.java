package io.staddle.storage;

/// A key and its value.
///
/// @param <K> the type of the key
/// @param <V> the type of the value
/// @param key unique in its table
/// @param value what is stored there
public record Row<K, V>(K key, V value) {}
