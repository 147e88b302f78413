package io.staddle.storage;

import java.util.List;

/// One commit, read as bytes; for any thread. Lives while somebody retains it.
interface Version {
    LogPosition applied();

    Digest digest();

    /// Returns the value at `key`, or [Bytes#ABSENT].
    byte[] get(Slot slot, byte[] key);

    /// Returns the values at `keys` in their order, each possibly [Bytes#ABSENT].
    List<byte[]> getAll(Slot slot, List<byte[]> keys);

    /// Walks over the rows in `range`, ascending.
    ByteCursor scan(Slot slot, KeyRange range);

    /// Returns the rows of a `RESIDENT` table, decoded.
    Image<Held> image(Slot slot);

    /// Returns where a `LOG` table begins and ends.
    LogEnds ends(Slot slot);

    /// Keeps the version alive until [#release]; false if it is gone already.
    boolean retain();

    void release();
}
