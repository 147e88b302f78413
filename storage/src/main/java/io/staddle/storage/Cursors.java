package io.staddle.storage;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// Cursors over decoded rows.
final class Cursors {
    private Cursors() {}

    /// Decodes what `bytes` walks over, and closes it with itself.
    static <K, V> Cursor<K, V> decoding(Table<K, V> table, ByteCursor bytes) {
        return new Decoding<>(table, bytes);
    }

    /// Walks over rows that are decoded already.
    @SuppressWarnings("unchecked") // the image was filled by this table's codecs
    static <K, V> Cursor<K, V> over(Table<K, V> table, Iterator<Image.Entry<Held>> held) {
        return new Cursor<>() {
            @Override
            public boolean hasNext() {
                return held.hasNext();
            }

            @Override
            public Row<K, V> next() {
                return (Row<K, V>) held.next().value().row();
            }

            @Override
            public void close() {}
        };
    }

    private static final class Decoding<K, V> implements Cursor<K, V> {
        private enum At {
            BEFORE,
            ROW,
            END
        }

        private final Table<K, V> table;
        private final ByteCursor bytes;
        private At at = At.BEFORE;

        Decoding(Table<K, V> table, ByteCursor bytes) {
            this.table = table;
            this.bytes = bytes;
        }

        @Override
        public boolean hasNext() {
            if (at == At.BEFORE) {
                at = bytes.advance() ? At.ROW : At.END;
            }
            return at == At.ROW;
        }

        @Override
        public Row<K, V> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            at = At.BEFORE;
            return new Row<>(table.decodeKey(bytes.key()), table.decodeValue(bytes.value()));
        }

        @Override
        public void close() {
            at = At.END;
            bytes.close();
        }
    }
}
