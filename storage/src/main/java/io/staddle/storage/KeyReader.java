package io.staddle.storage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Takes the parts of a key that a [KeyWriter] built, in the same order.
///
/// Every method throws [CorruptDataException] if the part is not there or malformed.
public final class KeyReader {
    private final byte[] bytes;
    private int at;

    /// Starts at the beginning of `bytes`, which must not change meanwhile.
    public KeyReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Takes a text.
    public String text() {
        int end = at;
        while (end < bytes.length && bytes[end] > 0) {
            end++;
        }
        if (end + 1 < bytes.length
                && bytes[end] == KeyWriter.ESCAPE
                && bytes[end + 1] == KeyWriter.END) {
            // Nearly all texts are ASCII without a zero: they stand there as they are.
            String text = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
            at = end + 2;
            return text;
        }
        byte[] utf8 = bytes();
        try {
            // A strict decoder: two keys must never read as the same text.
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException e) {
            throw new CorruptDataException("expected UTF-8 in " + this, e);
        }
    }

    /// Takes a number of 8 bytes, at least 0.
    public long number() {
        need(Long.BYTES);
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = (number << 8) | (bytes[at++] & 0xFF);
        }
        if (number < 0) {
            throw new CorruptDataException("expected a number of at least 0 in " + this);
        }
        return number;
    }

    /// Takes a byte string.
    public byte[] bytes() {
        byte[] part = new byte[bytes.length - at];
        int length = 0;
        while (true) {
            int next = octet();
            if (next == KeyWriter.ESCAPE) {
                int mark = octet();
                if (mark == KeyWriter.END) {
                    return length == part.length ? part : Arrays.copyOf(part, length);
                }
                if (mark != KeyWriter.ESCAPED_ZERO) {
                    throw new CorruptDataException("expected 01 or ff after 00 in " + this);
                }
            }
            part[length++] = (byte) next;
        }
    }

    /// Takes one byte, 0 to 255.
    public int octet() {
        need(1);
        return bytes[at++] & 0xFF;
    }

    /// Makes sure that nothing is left.
    public void end() {
        if (at != bytes.length) {
            throw new CorruptDataException("expected the end of the key at " + at + " in " + this);
        }
    }

    /// Shows the key in hex and how far it is read.
    @Override
    public String toString() {
        return "key " + Bytes.show(bytes) + ", read up to " + at;
    }

    private void need(int count) {
        if (bytes.length - at < count) {
            throw new CorruptDataException("expected " + count + " more bytes in " + this);
        }
    }
}
