package io.staddle.storage;

/// A codec whose bytes have the order of the values and can be followed by others.
///
/// *Order*: comparing encodings as unsigned bytes compares the values. *Length-safe*: no encoding
/// is the beginning of another, so that a key of parts never looks like a key of other parts. See
/// [Keys] for ready ones.
///
/// @param <T> the type of the keys
public interface KeyCodec<T> extends Codec<T> {
    /// Appends the encoding of `value`.
    void write(KeyWriter to, T value);

    /// Takes one value off the front of what is left.
    ///
    /// @throws CorruptDataException if no value begins there
    T read(KeyReader from);

    @Override
    default byte[] encode(T value) {
        KeyWriter to = new KeyWriter();
        write(to, value);
        return to.toBytes();
    }

    @Override
    default T decode(byte[] bytes) {
        KeyReader from = new KeyReader(bytes);
        T value = read(from);
        from.end();
        return value;
    }
}
