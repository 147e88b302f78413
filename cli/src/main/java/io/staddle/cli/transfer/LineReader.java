package io.staddle.cli.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads lines of UTF-8 and knows where in the input each ends.
final class LineReader {
    /// The longest line that is kept whole: more than the longest row needs, even all escaped.
    static final int BYTES_MAX = 64 * 1024;

    private static final char REPLACEMENT = '\ufffd';
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int position;
    private int limit;
    private long offset;
    private long number;

    /// A line.
    ///
    /// @param number counted from 1
    /// @param end the offset of the byte after it and its end
    record Read(long number, long end, Text text) {}

    /// What is in it.
    sealed interface Text {
        /// A text.
        record Good(String value) implements Text {}

        /// Not a text, or a huge one.
        record Bad(String why) implements Text {}
    }

    /// Creates it.
    ///
    /// @param offset how many bytes of the input were read before
    /// @param number how many lines of the input were read before
    LineReader(InputStream in, long offset, long number) {
        this.in = in;
        this.offset = offset;
        this.number = number;
    }

    /// Returns the next line; empty at the end of the input.
    Optional<Read> next() throws IOException {
        pending.reset();
        long length = 0;
        while (true) {
            if (position == limit && !fill()) {
                return length == 0 ? Optional.empty() : Optional.of(line(length, 0));
            }
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            length += position - start;
            if (length <= BYTES_MAX) {
                pending.write(buffer, start, position - start);
            }
            if (position < limit) {
                position++;
                return Optional.of(line(length, 1));
            }
        }
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer);
        position = 0;
        limit = Math.max(read, 0);
        return read > 0;
    }

    private Read line(long length, int endLength) {
        offset += length + endLength;
        number++;
        return new Read(number, offset, length > BYTES_MAX ? tooLong(length) : text());
    }

    private Text text() {
        String value = pending.toString(StandardCharsets.UTF_8);
        if (value.indexOf(REPLACEMENT) >= 0 && !isUtf8(pending.toByteArray())) {
            return new Text.Bad("UTF-8 expected, found bytes that are not");
        }
        if (number == 1 && !value.isEmpty() && value.charAt(0) == BYTE_ORDER_MARK) {
            value = value.substring(1);
        }
        return new Text.Good(value.endsWith("\r") ? value.substring(0, value.length() - 1) : value);
    }

    private static Text tooLong(long length) {
        return new Text.Bad("at most " + BYTES_MAX + " bytes expected, found " + length);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
