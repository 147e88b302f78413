package io.staddle.storage;

import java.util.Arrays;
import java.util.Iterator;

/// Walks over committed rows with pending ones over them; a pending [Bytes#ABSENT] hides a row.
final class MergedCursor implements ByteCursor {
    private static final Image.Entry<byte[]> NONE = new Image.Entry<>(Bytes.ABSENT, Bytes.ABSENT);

    private final ByteCursor base;
    private final Iterator<Image.Entry<byte[]>> pending;
    private boolean baseHas;
    private Image.Entry<byte[]> next;
    private Image.Entry<byte[]> at = NONE;
    private boolean atBase;

    /// @param base committed rows; closed with this cursor
    /// @param pending rows of the same range, ascending
    MergedCursor(ByteCursor base, Iterator<Image.Entry<byte[]>> pending) {
        this.base = base;
        this.pending = pending;
        baseHas = base.advance();
        next = pending.hasNext() ? pending.next() : NONE;
    }

    @Override
    public boolean advance() {
        if (atBase) {
            baseHas = base.advance();
            atBase = false;
        }
        while (next != NONE) {
            int order = baseHas ? Arrays.compareUnsigned(base.key(), next.key()) : 1;
            if (order < 0) {
                break;
            }
            if (order == 0) {
                baseHas = base.advance();
            }
            at = next;
            next = pending.hasNext() ? pending.next() : NONE;
            if (at.value() != Bytes.ABSENT) {
                return true;
            }
        }
        atBase = baseHas;
        return baseHas;
    }

    @Override
    public byte[] key() {
        return atBase ? base.key() : at.key();
    }

    @Override
    public byte[] value() {
        return atBase ? base.value() : at.value();
    }

    @Override
    public void close() {
        base.close();
    }
}
