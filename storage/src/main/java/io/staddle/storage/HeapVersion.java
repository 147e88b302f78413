package io.staddle.storage;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// A commit of a [HeapStore]: immutable maps, so nothing is to be released.
///
/// @param applied the position it stands for
/// @param digest the digest of its rows
/// @param rows every table's rows, encoded
/// @param images the rows of `RESIDENT` tables, decoded
/// @param ends where `LOG` tables begin and end
/// @param closed whether the store is closed
record HeapVersion(
        LogPosition applied,
        Digest digest,
        List<Image<byte[]>> rows,
        List<Image<Held>> images,
        List<LogEnds> ends,
        AtomicBoolean closed)
        implements Version {
    @Override
    public byte[] get(Slot slot, byte[] key) {
        return rows(slot).get(key).orElse(Bytes.ABSENT);
    }

    @Override
    public List<byte[]> getAll(Slot slot, List<byte[]> keys) {
        return keys.stream().map(key -> get(slot, key)).toList();
    }

    @Override
    public ByteCursor scan(Slot slot, KeyRange range) {
        return ByteCursor.over(rows(slot).scan(range));
    }

    @Override
    public Image<Held> image(Slot slot) {
        return images.get(slot.number());
    }

    @Override
    public LogEnds ends(Slot slot) {
        return ends.get(slot.number());
    }

    @Override
    public boolean retain() {
        return true;
    }

    @Override
    public void release() {}

    private Image<byte[]> rows(Slot slot) {
        if (closed.get()) {
            throw new StoreClosedException();
        }
        return rows.get(slot.number());
    }
}
