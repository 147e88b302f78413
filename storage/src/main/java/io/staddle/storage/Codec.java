package io.staddle.storage;

/// Turns values into bytes and back.
///
/// The bytes are a format: the same value must give the same bytes on every server and in every
/// version, or digests differ. Values must be immutable, because stores keep decoded ones.
///
/// @param <T> the type of the values
public interface Codec<T> {
    /// Returns the bytes of `value`. The caller gives the array away and must not change it later.
    byte[] encode(T value);

    /// Returns the value of which `bytes` are the encoding.
    ///
    /// @throws CorruptDataException if no value has these bytes
    T decode(byte[] bytes);
}
