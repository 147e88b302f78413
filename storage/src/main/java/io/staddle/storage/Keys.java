package io.staddle.storage;

import java.util.function.BiFunction;
import java.util.function.Function;

/// Ready key codecs, and ways to build others from them.
///
/// A factory function that refuses the parts with an [IllegalArgumentException] makes `decode`
/// throw [CorruptDataException].
public final class Keys {
    /// Texts, ordered by code point. Half of a surrogate pair is an [IllegalArgumentException].
    public static final KeyCodec<String> TEXT = new Part<>(KeyWriter::text, KeyReader::text);

    /// Numbers of at least 0, as 8 bytes.
    public static final KeyCodec<Long> NUMBER = new Part<>(KeyWriter::number, KeyReader::number);

    private Keys() {}

    /// Makes a factory of three arguments.
    ///
    /// @param <A> the first argument
    /// @param <B> the second argument
    /// @param <C> the third argument
    /// @param <T> the result
    @FunctionalInterface
    public interface Make3<A, B, C, T> {
        /// Returns the value that has these parts.
        T apply(A a, B b, C c);
    }

    /// Encodes a `T` as the `A` that it stands for.
    public static <A, T> KeyCodec<T> as(
            KeyCodec<A> a, Function<? super T, ? extends A> getA, Function<? super A, T> make) {
        return new Part<>(
                (to, value) -> a.write(to, getA.apply(value)),
                from -> made(from, make, a.read(from)));
    }

    /// Encodes a `T` as two parts; sorts by the first, then by the second.
    public static <A, B, T> KeyCodec<T> pair(
            KeyCodec<A> a,
            Function<? super T, ? extends A> getA,
            KeyCodec<B> b,
            Function<? super T, ? extends B> getB,
            BiFunction<? super A, ? super B, T> make) {
        return new Part<>(
                (to, value) -> {
                    a.write(to, getA.apply(value));
                    b.write(to, getB.apply(value));
                },
                from -> {
                    A first = a.read(from);
                    return made(from, second -> make.apply(first, second), b.read(from));
                });
    }

    /// Encodes a `T` as three parts; sorts by the first, then by the second, then by the third.
    public static <A, B, C, T> KeyCodec<T> triple(
            KeyCodec<A> a,
            Function<? super T, ? extends A> getA,
            KeyCodec<B> b,
            Function<? super T, ? extends B> getB,
            KeyCodec<C> c,
            Function<? super T, ? extends C> getC,
            Make3<? super A, ? super B, ? super C, T> make) {
        return new Part<>(
                (to, value) -> {
                    a.write(to, getA.apply(value));
                    b.write(to, getB.apply(value));
                    c.write(to, getC.apply(value));
                },
                from -> {
                    A first = a.read(from);
                    B second = b.read(from);
                    return made(from, third -> make.apply(first, second, third), c.read(from));
                });
    }

    private static <A, T> T made(KeyReader from, Function<? super A, T> make, A part) {
        try {
            return make.apply(part);
        } catch (IllegalArgumentException e) {
            throw new CorruptDataException("expected parts that make a key in " + from, e);
        }
    }

    private interface Writing<T> {
        void write(KeyWriter to, T value);
    }

    private record Part<T>(Writing<T> writing, Function<KeyReader, T> reading)
            implements KeyCodec<T> {
        @Override
        public void write(KeyWriter to, T value) {
            writing.write(to, value);
        }

        @Override
        public T read(KeyReader from) {
            return reading.apply(from);
        }
    }
}
