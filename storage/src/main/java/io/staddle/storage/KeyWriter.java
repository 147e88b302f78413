package io.staddle.storage;

import java.util.Arrays;

/// Builds a key from parts such that keys sort as their parts do.
///
/// Texts and byte strings end with `00 01`, and a `00` within them is written `00 FF`; so a shorter
/// one sorts before a longer one that begins with it, whatever follows.
public final class KeyWriter {
    static final int ESCAPE = 0x00;
    static final int ESCAPED_ZERO = 0xFF;
    static final int END = 0x01;

    private byte[] bytes = new byte[48];
    private int length;

    /// Starts an empty key.
    public KeyWriter() {}

    /// Appends a text; texts sort by code point (not as [String#compareTo] does).
    ///
    /// @throws IllegalArgumentException if the text has half of a surrogate pair
    public KeyWriter text(String text) {
        textPrefix(text);
        return end();
    }

    /// Appends the beginning of a text, for [KeyRange#prefix(byte[])]; nothing may follow.
    ///
    /// @throws IllegalArgumentException if the text has half of a surrogate pair
    public KeyWriter textPrefix(String text) {
        int count = text.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c != 0 && c < 0x80) {
                octet(c);
            } else if (Character.isSurrogate(c)) {
                codePoint(surrogatePair(text, i));
                i++;
            } else {
                codePoint(c);
            }
        }
        return this;
    }

    /// Appends a number as 8 bytes, most significant first.
    ///
    /// @param number at least 0
    /// @throws IllegalArgumentException if the number is negative
    public KeyWriter number(long number) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    "a number in a key must be at least 0, is " + number);
        }
        ensure(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (number >>> shift);
        }
        return this;
    }

    /// Appends a byte string of any length.
    public KeyWriter bytes(byte[] part) {
        for (byte each : part) {
            octet(each);
            if (each == ESCAPE) {
                octet(ESCAPED_ZERO);
            }
        }
        return end();
    }

    /// Appends one byte, for example the number of an enum's constant.
    ///
    /// @param octet its low 8 bits are taken
    public KeyWriter octet(int octet) {
        ensure(1);
        bytes[length++] = (byte) octet;
        return this;
    }

    /// Returns a copy of the key so far.
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private KeyWriter end() {
        return octet(ESCAPE).octet(END);
    }

    private void codePoint(int c) {
        if (c == 0) {
            octet(ESCAPE).octet(ESCAPED_ZERO);
        } else if (c < 0x800) {
            octet(0xC0 | (c >> 6)).tail(c, 0);
        } else if (c < 0x10000) {
            octet(0xE0 | (c >> 12)).tail(c, 6).tail(c, 0);
        } else {
            octet(0xF0 | (c >> 18)).tail(c, 12).tail(c, 6).tail(c, 0);
        }
    }

    private KeyWriter tail(int c, int shift) {
        return octet(0x80 | ((c >> shift) & 0x3F));
    }

    private static int surrogatePair(String text, int at) {
        int codePoint = text.codePointAt(at);
        if (codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            throw new IllegalArgumentException(
                    "a text in a key must be well-formed, has half of a"
                            + " surrogate pair at "
                            + at
                            + ": "
                            + text);
        }
        return codePoint;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
