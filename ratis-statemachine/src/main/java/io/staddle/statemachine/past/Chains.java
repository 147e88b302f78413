package io.staddle.statemachine.past;

import java.util.Arrays;

/// Which entries have changed a row, by a hash of the row: for each change where the one before is.
///
/// Changes are added by ascending index and forgotten from the oldest on, when there are too many.
/// Rows of equal hash share a chain, so an entry that is found need not have changed the row. Not
/// for several threads.
final class Chains {
    private static final int CHANGES_AT_FIRST = 1 << 10;
    private static final int NONE = -1;

    private final int changesMax;

    /// A ring: the change at position `p` is at `p & (indexes.length - 1)`.
    private long[] indexes = new long[CHANGES_AT_FIRST];

    /// How far before it the next older change of the same hash is; 0 for none.
    private int[] back = new int[CHANGES_AT_FIRST];

    private long next;

    /// An open table: hashes, and the position of the newest change of each.
    private long[] hashes = new long[2 * CHANGES_AT_FIRST];

    private long[] heads = new long[2 * CHANGES_AT_FIRST];
    private int used;

    /// @param changesMax how many changes are remembered at most; a power of two
    Chains(int changesMax) {
        this.changesMax = changesMax;
        Arrays.fill(heads, NONE);
    }

    /// Notes that the entry at `index` changed a row.
    void add(long hash, long index) {
        int place = place(hash);
        long head = heads[place];
        boolean known = head >= oldest();
        if (known && indexes[at(head)] == index) {
            return;
        }
        if (next - oldest() == indexes.length && indexes.length < changesMax) {
            grow();
        }
        indexes[at(next)] = index;
        back[at(next)] = known ? (int) (next - head) : 0;
        if (heads[place] == NONE) {
            used++;
        }
        hashes[place] = hash;
        heads[place] = next++;
        if (2 * used > hashes.length) {
            rehash();
        }
    }

    /// Returns the entries from `from` on that have changed rows of a hash, the newest first.
    long[] changes(long hash, long from) {
        long[] found = new long[8];
        int count = 0;
        long position = heads[place(hash)];
        while (position >= oldest() && indexes[at(position)] >= from) {
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = indexes[at(position)];
            int step = back[at(position)];
            position = step == 0 ? NONE : position - step;
        }
        return Arrays.copyOf(found, count);
    }

    /// Returns the index up to which changes were forgotten because there were too many; -1 if none
    /// were.
    long forgottenThrough() {
        return oldest() == 0 ? -1 : indexes[at(oldest())];
    }

    private long oldest() {
        return Math.max(0, next - indexes.length);
    }

    private int at(long position) {
        return (int) (position & indexes.length - 1);
    }

    private int place(long hash) {
        int mask = hashes.length - 1;
        int place = (int) (hash ^ hash >>> 32) & mask;
        while (heads[place] != NONE && hashes[place] != hash) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldIndexes = indexes;
        int[] oldBack = back;
        indexes = new long[2 * oldIndexes.length];
        back = new int[2 * oldBack.length];
        for (long position = next - oldIndexes.length; position < next; position++) {
            int was = (int) (position & oldIndexes.length - 1);
            indexes[at(position)] = oldIndexes[was];
            back[at(position)] = oldBack[was];
        }
    }

    /// Makes room, and leaves out rows whose changes are all forgotten.
    private void rehash() {
        long[] oldHashes = hashes;
        long[] oldHeads = heads;
        long living = Arrays.stream(oldHeads).filter(head -> head >= oldest()).count();
        int size = Math.max(hashes.length, Integer.highestOneBit((int) living) * 8);
        hashes = new long[size];
        heads = new long[size];
        Arrays.fill(heads, NONE);
        used = 0;
        for (int i = 0; i < oldHeads.length; i++) {
            if (oldHeads[i] >= oldest()) {
                int place = place(oldHashes[i]);
                hashes[place] = oldHashes[i];
                heads[place] = oldHeads[i];
                used++;
            }
        }
    }
}
