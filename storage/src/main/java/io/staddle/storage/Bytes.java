package io.staddle.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// Byte arrays as keys and values.
final class Bytes {
    /// Stands for "no row"; compared by identity, since an index's values have no bytes either.
    static final byte[] ABSENT = new byte[0];

    private static final int SHOWN_MAX = 64;

    private Bytes() {}

    @SuppressWarnings("ReferenceEquality") // the point of it
    static boolean isAbsent(byte[] value) {
        return value == ABSENT;
    }

    /// Shows bytes for a message: hex, cut if long.
    static String show(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, SHOWN_MAX));
        return "0x" + hex + (bytes.length > SHOWN_MAX ? "… (" + bytes.length + " bytes)" : "");
    }

    /// Hashes well in all bits, which [Arrays#hashCode(byte[])] does not for keys that differ
    /// little.
    static int hash(byte[] bytes) {
        int hash = Arrays.hashCode(bytes);
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return hash ^ (hash >>> 16);
    }

    static byte[] ofLongs(long... numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) {
            buffer.putLong(number);
        }
        return buffer.array();
    }
}
