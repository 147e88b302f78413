package io.staddle.storage;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/// Walks over committed rows with pending ones over them; a pending [Bytes#ABSENT] hides a row.
final class MergedCursor implements ByteCursor {
    private final ByteCursor base;
    private final Iterator<Image.Entry<byte[]>> pending;
    private boolean baseHas;
    private Optional<Image.Entry<byte[]>> next;
    private byte[] key = Bytes.ABSENT;
    private byte[] value = Bytes.ABSENT;
    private boolean atBase;

    /// @param base committed rows; closed with this cursor
    /// @param pending rows of the same range, ascending
    MergedCursor(ByteCursor base, Iterator<Image.Entry<byte[]>> pending) {
        this.base = base;
        this.pending = pending;
        baseHas = base.advance();
        next = afterNext();
    }

    @Override
    public boolean advance() {
        if (atBase) {
            baseHas = base.advance();
            atBase = false;
        }
        while (next.isPresent() && !baseIsBefore(next.get().key())) {
            key = next.get().key();
            value = next.get().value();
            next = afterNext();
            if (baseHas && Arrays.equals(base.key(), key)) {
                baseHas = base.advance();
            }
            if (!Bytes.isAbsent(value)) {
                return true;
            }
        }
        atBase = baseHas;
        return baseHas;
    }

    @Override
    public byte[] key() {
        return atBase ? base.key() : key;
    }

    @Override
    public byte[] value() {
        return atBase ? base.value() : value;
    }

    @Override
    public void close() {
        base.close();
    }

    private boolean baseIsBefore(byte[] pendingKey) {
        return baseHas && Arrays.compareUnsigned(base.key(), pendingKey) < 0;
    }

    private Optional<Image.Entry<byte[]>> afterNext() {
        return pending.hasNext() ? Optional.of(pending.next()) : Optional.empty();
    }
}
