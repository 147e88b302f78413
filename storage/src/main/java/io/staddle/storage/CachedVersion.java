package io.staddle.storage;

import java.util.ArrayList;
import java.util.List;

/// The last commit as its only writer reads it: through a [RowCache].
///
/// @param base is released with this one
record CachedVersion(RocksVersion base, RowCache cache) implements Version {
    @Override
    public LogPosition applied() {
        return base.applied();
    }

    @Override
    public Digest digest() {
        return base.digest();
    }

    @Override
    public byte[] get(Slot slot, byte[] key) {
        if (slot.kind() != Table.Kind.ROWS) {
            return base.get(slot, key);
        }
        // What is kept must not outlive the store.
        base.requireOpen();
        byte[] kept = cache.get(slot, key);
        if (!Bytes.isAbsent(kept)) {
            return kept;
        }
        byte[] found = base.get(slot, key);
        if (!Bytes.isAbsent(found)) {
            cache.put(slot, key, found);
        }
        return found;
    }

    @Override
    public List<byte[]> getAll(Slot slot, List<byte[]> keys) {
        List<byte[]> values = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            values.add(get(slot, key));
        }
        return values;
    }

    @Override
    public ByteCursor scan(Slot slot, KeyRange range) {
        return base.scan(slot, range);
    }

    @Override
    public Image<Held> image(Slot slot) {
        return base.image(slot);
    }

    @Override
    public LogEnds ends(Slot slot) {
        return base.ends(slot);
    }

    @Override
    public boolean retain() {
        return base.retain();
    }

    @Override
    public void release() {
        base.release();
    }
}
