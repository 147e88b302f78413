package io.staddle.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Writes changes as the bytes of a RocksDB write batch, so that a commit costs one native call.
///
/// The format is that of RocksDB's log, unchanged since column families came in 2014 and part of
/// its on-disk compatibility (`db/write_batch.cc`): 8 bytes sequence, 4 bytes count, then records
/// of a tag, the family, and strings with their lengths before them, numbers as varints. One native
/// call a put costs more than the put itself.
final class BatchEncoder implements ChangeSink {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int COUNT_AT = 8;
    private static final int HEADER = 12;
    private static final int VARINT_MAX = 5;

    private static final int DELETION = 0x4;
    private static final int VALUE = 0x5;
    private static final int RANGE_DELETION = 0xE;

    private final int[] families;
    private byte[] bytes = new byte[64 * 1024];
    private int length;
    private int count;

    /// @param families the id of the column family of each slot, by number
    BatchEncoder(int[] families) {
        this.families = families.clone();
        clear();
    }

    void clear() {
        length = HEADER;
        count = 0;
    }

    @Override
    public void put(Slot slot, byte[] key, byte[] value) {
        putInto(families[slot.number()], key, value);
    }

    void putInto(int family, byte[] key, byte[] value) {
        record(VALUE, family, key.length + value.length);
        string(key);
        string(value);
    }

    @Override
    public void delete(Slot slot, byte[] key) {
        record(DELETION, families[slot.number()], key.length);
        string(key);
    }

    @Override
    public void deleteRange(Slot slot, KeyRange range) {
        int stringBytes = range.from().length + range.to().length;
        record(RANGE_DELETION, families[slot.number()], stringBytes);
        string(range.from());
        string(range.to());
    }

    /// Returns the write batch.
    byte[] toBytes() {
        INT.set(bytes, COUNT_AT, count);
        return Arrays.copyOf(bytes, length);
    }

    private void record(int tag, int family, int stringBytes) {
        int most = 1 + 3 * VARINT_MAX + stringBytes;
        if (bytes.length - length < most) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + most));
        }
        count++;
        bytes[length++] = (byte) tag;
        varint(family);
    }

    private void string(byte[] string) {
        varint(string.length);
        System.arraycopy(string, 0, bytes, length, string.length);
        length += string.length;
    }

    private void varint(int number) {
        int left = number;
        while (left >= 0x80) {
            bytes[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }
}
