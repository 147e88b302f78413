package io.staddle.storage;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Works out the digest that a store has after some writes; for one thread.
///
/// What is hashed is a format: seed of the table, length of the key, key, value, little-endian.
final class RunningDigest {
    private static final Hasher128 HASHER = Hashing.xxh3_128();
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HISTORY_BYTES = 2 * Long.BYTES;

    private byte[] scratch = new byte[512];
    private long stateHigh;
    private long stateLow;
    private long historyHigh;
    private long historyLow;

    RunningDigest(Digest start) {
        stateHigh = start.stateHigh();
        stateLow = start.stateLow();
        historyHigh = start.historyHigh();
        historyLow = start.historyLow();
    }

    /// Counts a row of a `ROWS` or `RESIDENT` table in.
    void add(Slot slot, byte[] key, byte[] value) {
        HashValue128 hash = hash(0, slot, key, value);
        stateHigh += hash.getMostSignificantBits();
        stateLow += hash.getLeastSignificantBits();
    }

    /// Takes a row of a `ROWS` or `RESIDENT` table out.
    void subtract(Slot slot, byte[] key, byte[] value) {
        HashValue128 hash = hash(0, slot, key, value);
        stateHigh -= hash.getMostSignificantBits();
        stateLow -= hash.getLeastSignificantBits();
    }

    /// Rolls the history over one row added to a `LOG` or `QUEUE` table.
    void append(Slot slot, byte[] key, byte[] value) {
        LONG.set(scratch, 0, historyHigh);
        LONG.set(scratch, Long.BYTES, historyLow);
        HashValue128 hash = hash(HISTORY_BYTES, slot, key, value);
        historyHigh = hash.getMostSignificantBits();
        historyLow = hash.getLeastSignificantBits();
    }

    Digest toDigest() {
        return new Digest(stateHigh, stateLow, historyHigh, historyLow);
    }

    /// Hashes one copied run of bytes, which is faster than a hash stream of four parts.
    private HashValue128 hash(int start, Slot slot, byte[] key, byte[] value) {
        int keyAt = start + 2 * Long.BYTES;
        int length = keyAt + key.length + value.length;
        if (length > scratch.length) {
            scratch = Arrays.copyOf(scratch, 2 * length);
        }
        LONG.set(scratch, start, slot.seed());
        LONG.set(scratch, start + Long.BYTES, (long) key.length);
        System.arraycopy(key, 0, scratch, keyAt, key.length);
        System.arraycopy(value, 0, scratch, keyAt + key.length, value.length);
        return HASHER.hashBytesTo128Bits(scratch, 0, length);
    }
}
