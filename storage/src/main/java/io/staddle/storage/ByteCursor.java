package io.staddle.storage;

import java.util.Iterator;
import java.util.List;

/// Walks over rows as bytes; stands before the first one to begin with. For one thread.
interface ByteCursor extends AutoCloseable {
    /// Goes to the next row; false if there is none, and then always.
    boolean advance();

    /// Returns the key of the row at which the cursor stands; an array of its own.
    byte[] key();

    /// Returns the value of the row at which the cursor stands; an array of its own.
    byte[] value();

    @Override
    void close();

    /// Walks over entries in memory.
    static ByteCursor over(Iterator<Image.Entry<byte[]>> entries) {
        return new ByteCursor() {
            private Image.Entry<byte[]> at = new Image.Entry<>(Bytes.ABSENT, Bytes.ABSENT);

            @Override
            public boolean advance() {
                boolean more = entries.hasNext();
                if (more) {
                    at = entries.next();
                }
                return more;
            }

            @Override
            public byte[] key() {
                return at.key();
            }

            @Override
            public byte[] value() {
                return at.value();
            }

            @Override
            public void close() {}
        };
    }

    /// Walks over no row.
    static ByteCursor none() {
        return over(List.<Image.Entry<byte[]>>of().iterator());
    }
}
