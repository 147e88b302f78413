package io.staddle.storage;

import java.util.Arrays;

/// Committed rows as the writer last saw them, so that it need not ask RocksDB: a command that
/// changes a row reads it first, and a read through JNI costs several times what the rest of the
/// command does.
///
/// The records lie one after the other in a ring of bytes, which the collector need not look into.
/// The newest takes the place of the oldest; a changed row stays where it is if it still fits. An
/// index of four places a bucket finds them: a position that grows for ever, so one that has been
/// overwritten is known, and 16 bits of the hash. For one thread.
final class RowCache {
    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int WAYS = 4;
    private static final int BYTES_OF_INDEX_ENTRY = 32;
    private static final int TAG_BITS = 16;
    private static final long NOWHERE = -1;

    // A record: slot, length of the key, length of the value, room for the value; key; value.
    private static final int HEADER = 8;
    private static final int ALIGNMENT = 8;
    private static final int LONGEST = 4_096;

    private final byte[][] chunks;
    private final long[] index;
    private final int bucketMask;
    private long head;

    /// @param bytes how much the rows may take; below 1 MiB nothing is kept
    RowCache(long bytes) {
        chunks = new byte[(int) Math.min(1 << 12, bytes >> CHUNK_BITS)][0];
        long entries = Math.max(WAYS, Long.highestOneBit(bytes / BYTES_OF_INDEX_ENTRY));
        index = new long[chunks.length == 0 ? 0 : (int) Math.min(1 << 26, entries)];
        Arrays.fill(index, NOWHERE);
        bucketMask = index.length / WAYS - 1;
    }

    /// Returns a copy of the row's value; [Bytes#ABSENT] if it is not known.
    byte[] get(Slot slot, byte[] key) {
        if (chunks.length == 0) {
            return Bytes.ABSENT;
        }
        int hash = hash(slot, key);
        int at = place(slot, key, hash);
        return at < 0 ? Bytes.ABSENT : value(position(index[at]), key.length);
    }

    /// Keeps what a row is now.
    void put(Slot slot, byte[] key, byte[] value) {
        if (chunks.length == 0) {
            return;
        }
        int hash = hash(slot, key);
        int at = place(slot, key, hash);
        if (at >= 0 && overwrite(position(index[at]), key.length, value)) {
            return;
        }
        if (key.length + value.length > LONGEST) {
            forget(at);
            return;
        }
        int to = at >= 0 ? at : victim(hash);
        index[to] = (append(slot, key, value) << TAG_BITS) | tag(hash);
    }

    /// Forgets a row.
    void remove(Slot slot, byte[] key) {
        if (chunks.length > 0) {
            forget(place(slot, key, hash(slot, key)));
        }
    }

    private void forget(int at) {
        if (at >= 0) {
            index[at] = NOWHERE;
        }
    }

    /// Where in the index a row is; -1 for nowhere.
    private int place(Slot slot, byte[] key, int hash) {
        int bucket = (hash & bucketMask) * WAYS;
        for (int at = bucket; at < bucket + WAYS; at++) {
            long entry = index[at];
            if ((entry & tagMask()) == tag(hash)
                    && isKept(entry)
                    && isOf(position(entry), slot, key)) {
                return at;
            }
        }
        return -1;
    }

    /// The place in the index that is worth least: free, overwritten, or the oldest.
    private int victim(int hash) {
        int bucket = (hash & bucketMask) * WAYS;
        int oldest = bucket;
        for (int at = bucket; at < bucket + WAYS; at++) {
            if (!isKept(index[at])) {
                return at;
            }
            oldest = index[at] < index[oldest] ? at : oldest;
        }
        return oldest;
    }

    private boolean isKept(long entry) {
        return entry != NOWHERE && head - position(entry) <= capacity();
    }

    private boolean isOf(long position, Slot slot, byte[] key) {
        byte[] chunk = chunk(position);
        int at = offset(position);
        int keyAt = at + HEADER;
        return number(chunk, at) == slot.number()
                && number(chunk, at + 2) == key.length
                && Arrays.equals(chunk, keyAt, keyAt + key.length, key, 0, key.length);
    }

    private byte[] value(long position, int keyLength) {
        byte[] chunk = chunk(position);
        int at = offset(position);
        int valueAt = at + HEADER + keyLength;
        return Arrays.copyOfRange(chunk, valueAt, valueAt + number(chunk, at + 4));
    }

    private boolean overwrite(long position, int keyLength, byte[] value) {
        byte[] chunk = chunk(position);
        int at = offset(position);
        if (value.length > number(chunk, at + 6)) {
            return false;
        }
        setNumber(chunk, at + 4, value.length);
        System.arraycopy(value, 0, chunk, at + HEADER + keyLength, value.length);
        return true;
    }

    private long append(Slot slot, byte[] key, byte[] value) {
        int used = HEADER + key.length + value.length;
        int size = (used + ALIGNMENT - 1) & -ALIGNMENT;
        if (offset(head) + size > CHUNK) {
            head = ((head >>> CHUNK_BITS) + 1) << CHUNK_BITS;
        }
        long position = head;
        byte[] chunk = chunkToWrite(position);
        int at = offset(position);
        setNumber(chunk, at, slot.number());
        setNumber(chunk, at + 2, key.length);
        setNumber(chunk, at + 4, value.length);
        setNumber(chunk, at + 6, value.length + size - used);
        System.arraycopy(key, 0, chunk, at + HEADER, key.length);
        System.arraycopy(value, 0, chunk, at + HEADER + key.length, value.length);
        head = position + size;
        return position;
    }

    private byte[] chunkToWrite(long position) {
        int number = (int) ((position >>> CHUNK_BITS) % chunks.length);
        if (chunks[number].length == 0) {
            chunks[number] = new byte[CHUNK];
        }
        return chunks[number];
    }

    private byte[] chunk(long position) {
        return chunks[(int) ((position >>> CHUNK_BITS) % chunks.length)];
    }

    /// Positions at most this far behind the head are there: a chunk less than there is room for,
    /// because the head skips the rest of a chunk that a record does not fit in.
    private long capacity() {
        return (long) (chunks.length - 1) << CHUNK_BITS;
    }

    private static int offset(long position) {
        return (int) position & (CHUNK - 1);
    }

    private static long position(long entry) {
        return entry >>> TAG_BITS;
    }

    private static long tagMask() {
        return (1L << TAG_BITS) - 1;
    }

    private static long tag(int hash) {
        return Integer.toUnsignedLong(hash >>> (32 - TAG_BITS));
    }

    private static int hash(Slot slot, byte[] key) {
        return Bytes.hash(key) + slot.number() * 0x9E3779B9;
    }

    private static int number(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    private static void setNumber(byte[] bytes, int at, int number) {
        bytes[at] = (byte) (number >>> 8);
        bytes[at + 1] = (byte) number;
    }
}
