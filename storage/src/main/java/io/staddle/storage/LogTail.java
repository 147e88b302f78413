package io.staddle.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// What a batch appends to and trims from one log table.
final class LogTail {
    private static final Comparator<Image.Entry<byte[]>> BY_KEY =
            (a, b) -> Arrays.compareUnsigned(a.key(), b.key());

    private final Slot slot;
    private final Version base;
    private final List<Image.Entry<byte[]>> appended = new ArrayList<>();
    private byte[] lastKey;
    private final byte[] firstKey;
    private byte[] trimmedBefore = Bytes.ABSENT;

    LogTail(Slot slot, Version base) {
        this.slot = slot;
        this.base = base;
        lastKey = base.ends(slot).last();
        firstKey = base.ends(slot).first();
    }

    void append(byte[] key, byte[] value) {
        if (!Bytes.isAbsent(lastKey) && Arrays.compareUnsigned(key, lastKey) <= 0) {
            throw new CorruptDataException(
                    "expected a key after "
                            + Bytes.show(lastKey)
                            + " to append, found "
                            + slot.row(key));
        }
        appended.add(new Image.Entry<>(key, value));
        lastKey = key;
    }

    void trim(byte[] before) {
        if (Bytes.isAbsent(trimmedBefore) || Arrays.compareUnsigned(before, trimmedBefore) > 0) {
            trimmedBefore = before;
            appended.subList(0, placeOf(before)).clear();
        }
    }

    byte[] get(byte[] key) {
        int place = placeOf(key);
        if (place < appended.size() && Arrays.equals(appended.get(place).key(), key)) {
            return appended.get(place).value();
        }
        return isTrimmed(key) ? Bytes.ABSENT : base.get(slot, key);
    }

    ByteCursor scan(KeyRange range) {
        KeyRange left = isTrimmed(range.from()) ? new KeyRange(trimmedBefore, range.to()) : range;
        if (left.isEmpty()) {
            return ByteCursor.none();
        }
        int to = left.to().length == 0 ? appended.size() : placeOf(left.to());
        var pending = List.copyOf(appended.subList(placeOf(left.from()), to));
        return new MergedCursor(base.scan(slot, left), pending.iterator());
    }

    void tell(ChangeSink sink) {
        KeyRange trimmed = new KeyRange(firstKey, trimmedBefore);
        if (trimmedBefore.length != 0 && !trimmed.isEmpty()) {
            Deletions.tell(slot, trimmed, base, sink);
        }
        for (var row : appended) {
            sink.put(slot, row.key(), row.value());
        }
    }

    LogEnds ends() {
        return new LogEnds(isTrimmed(firstKey) ? trimmedBefore : firstKey, lastKey);
    }

    private boolean isTrimmed(byte[] key) {
        return !Bytes.isAbsent(trimmedBefore) && Arrays.compareUnsigned(key, trimmedBefore) < 0;
    }

    private int placeOf(byte[] key) {
        var sought = new Image.Entry<>(key, Bytes.ABSENT);
        int place = Collections.binarySearch(appended, sought, BY_KEY);
        return place < 0 ? -place - 1 : place;
    }
}
