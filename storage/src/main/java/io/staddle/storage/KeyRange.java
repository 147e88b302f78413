package io.staddle.storage;

import java.util.Arrays;

/// A range of keys, in unsigned byte order; empty if `to` is not after `from`.
///
/// The arrays must not be changed.
///
/// @param from the first key in the range, if there is one
/// @param to the end, exclusive; no bytes: to the end of the table
@SuppressWarnings("ArrayRecordComponent") // never changed once made
public record KeyRange(byte[] from, byte[] to) {
    private static final KeyRange ALL = new KeyRange(new byte[0], new byte[0]);

    /// Returns the range of all keys.
    public static KeyRange all() {
        return ALL;
    }

    /// Returns the range of the keys that begin with `prefix`.
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(prefix, afterPrefix(prefix));
    }

    /// Returns the range of `key` and all keys after it.
    public static KeyRange startingAt(byte[] key) {
        return new KeyRange(key, ALL.to);
    }

    /// Returns the range of all keys after `key`, without it.
    public static KeyRange after(byte[] key) {
        return startingAt(successor(key));
    }

    /// Returns the range of all keys before `key`, without it; `key` must have a byte.
    public static KeyRange before(byte[] key) {
        if (key.length == 0) {
            throw new IllegalArgumentException("no key is before the empty one");
        }
        return new KeyRange(ALL.from, key);
    }

    /// Returns the range of the keys that begin with `prefix` and are after `key`: the next page.
    public static KeyRange within(byte[] prefix, byte[] key) {
        byte[] next = successor(key);
        byte[] from = Arrays.compareUnsigned(prefix, next) > 0 ? prefix : next;
        return new KeyRange(from, afterPrefix(prefix));
    }

    /// Says whether `key` is in the range.
    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(from, key) <= 0 && endsAfter(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRange(byte[] otherFrom, byte[] otherTo)
                && Arrays.equals(from, otherFrom)
                && Arrays.equals(to, otherTo);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
    }

    @Override
    public String toString() {
        return "[" + Bytes.show(from) + ", " + (to.length == 0 ? "end" : Bytes.show(to)) + ")";
    }

    boolean endsAfter(byte[] key) {
        return to.length == 0 || Arrays.compareUnsigned(key, to) < 0;
    }

    boolean isEmpty() {
        return to.length != 0 && Arrays.compareUnsigned(from, to) >= 0;
    }

    private static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static byte[] afterPrefix(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xFF) {
            last--;
        }
        byte[] end = Arrays.copyOf(prefix, last + 1);
        if (last >= 0) {
            end[last]++;
        }
        return end;
    }
}
