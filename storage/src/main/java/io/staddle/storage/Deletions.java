package io.staddle.storage;

import java.util.ArrayList;
import java.util.List;

/// Deletes ranges of rows.
///
/// RocksDB works through all range deletions of a memtable at the next read or flush, which many
/// small ones make slow; and overlapping ones cost the square of their number. So few rows are
/// deleted one by one, and many by one range.
final class Deletions {
    private static final int SINGLE_MAX = 64;

    private Deletions() {}

    /// Tells the deletion of the rows of `base` in `range`; its cost has a bound.
    static void tell(Slot slot, KeyRange range, Version base, ChangeSink sink) {
        List<byte[]> keys = new ArrayList<>();
        try (ByteCursor rows = base.scan(slot, range)) {
            while (rows.advance()) {
                keys.add(rows.key());
                if (keys.size() > SINGLE_MAX) {
                    sink.deleteRange(slot, range);
                    return;
                }
            }
        }
        keys.forEach(key -> sink.delete(slot, key));
    }
}
