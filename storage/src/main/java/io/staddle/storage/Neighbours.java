package io.staddle.storage;

import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

import java.util.Arrays;
import java.util.List;

/// Reads rows that lie beside each other by walking from one to the next, which costs a fifth of
/// looking for each.
final class Neighbours {
    private static final int WALK_MIN = 64;

    /// How many rows may be passed, for each that is found, before the walk is given up.
    private static final int STEPS_MAX = 4;

    private Neighbours() {}

    /// Whether there are many, in ascending order.
    static boolean areWorthAWalk(List<byte[]> keys) {
        if (keys.size() < WALK_MIN) {
            return false;
        }
        for (int i = 1; i < keys.size(); i++) {
            if (Arrays.compareUnsigned(keys.get(i - 1), keys.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /// Adds the values at the first of `keys`, ascending, [Bytes#ABSENT] where there is none: of
    /// all, unless too many others lie between them.
    static void walk(RocksIterator rows, List<byte[]> keys, List<byte[]> values)
            throws RocksDBException {
        rows.seek(keys.getFirst());
        int steps = 0;
        for (int i = 0; i < keys.size() && steps <= STEPS_MAX * (i + WALK_MIN); i++) {
            byte[] key = keys.get(i);
            int order = order(rows, key);
            while (order < 0 && steps <= STEPS_MAX * (i + WALK_MIN)) {
                rows.next();
                steps++;
                order = order(rows, key);
            }
            if (order < 0) {
                return;
            }
            values.add(order == 0 ? rows.value() : Bytes.ABSENT);
        }
    }

    /// Compares where the walk is with a key; its end is after all keys.
    private static int order(RocksIterator rows, byte[] key) throws RocksDBException {
        if (rows.isValid()) {
            return Arrays.compareUnsigned(rows.key(), key);
        }
        rows.status();
        return 1;
    }
}
