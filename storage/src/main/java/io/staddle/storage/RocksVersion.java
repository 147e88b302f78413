package io.staddle.storage;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A commit of a [RocksStore]: a snapshot of RocksDB with the rows held in memory.
final class RocksVersion extends Counted implements Version {
    private final Rocks rocks;
    private final Meta meta;
    private final List<Image<Held>> images;
    private final List<LogEnds> ends;
    private final Snapshot snapshot;
    private final ReadOptions pinned;
    private final Set<RocksCursor> cursors = ConcurrentHashMap.newKeySet();

    /// Pins the present state of `rocks`, which must be that of `meta`.
    ///
    /// @param images the rows of `RESIDENT` tables, by slot
    /// @param ends where `LOG` tables begin and end, by slot
    RocksVersion(Rocks rocks, Meta meta, List<Image<Held>> images, List<LogEnds> ends) {
        this.rocks = rocks;
        this.meta = meta;
        this.images = images;
        this.ends = ends;
        rocks.enter();
        try {
            snapshot = rocks.db().getSnapshot();
            pinned = new ReadOptions().setSnapshot(snapshot);
            rocks.add(this);
        } finally {
            rocks.exit();
        }
    }

    @Override
    public LogPosition applied() {
        return meta.applied();
    }

    @Override
    public Digest digest() {
        return meta.digest();
    }

    @Override
    public byte[] get(Slot slot, byte[] key) {
        enter();
        try {
            return orAbsent(rocks.db().get(rocks.family(slot), pinned, key));
        } catch (RocksDBException e) {
            throw RocksErrors.reading(slot.row(key), e);
        } finally {
            exit();
        }
    }

    @Override
    public List<byte[]> getAll(Slot slot, List<byte[]> keys) {
        enter();
        try {
            List<byte[]> values = new ArrayList<>(keys.size());
            if (Neighbours.areWorthAWalk(keys)) {
                try (RocksIterator rows = rocks.db().newIterator(rocks.family(slot), pinned)) {
                    Neighbours.walk(rows, keys, values);
                }
            }
            for (byte[] key : keys.subList(values.size(), keys.size())) {
                values.add(orAbsent(rocks.db().get(rocks.family(slot), pinned, key)));
            }
            return values;
        } catch (RocksDBException e) {
            throw RocksErrors.reading("rows of table " + slot.name(), e);
        } finally {
            exit();
        }
    }

    @Override
    public ByteCursor scan(Slot slot, KeyRange range) {
        if (range.isEmpty()) {
            return ByteCursor.none();
        }
        enter();
        try {
            return new RocksCursor(this, slot, range);
        } finally {
            exit();
        }
    }

    @Override
    public Image<Held> image(Slot slot) {
        return images.get(slot.number());
    }

    @Override
    public LogEnds ends(Slot slot) {
        return ends.get(slot.number());
    }

    /// Reads where a `LOG` table begins and ends.
    LogEnds readEnds(Slot slot) {
        enter();
        try (RocksIterator rows = rocks.db().newIterator(rocks.family(slot), pinned)) {
            rows.seekToFirst();
            byte[] first = rows.isValid() ? rows.key() : Bytes.ABSENT;
            rows.seekToLast();
            rows.status();
            return new LogEnds(first, rows.isValid() ? rows.key() : Bytes.ABSENT);
        } catch (RocksDBException e) {
            throw RocksErrors.reading("the ends of table " + slot.name(), e);
        } finally {
            exit();
        }
    }

    Rocks rocks() {
        return rocks;
    }

    ReadOptions pinned() {
        return pinned;
    }

    void add(RocksCursor cursor) {
        cursors.add(cursor);
    }

    void remove(RocksCursor cursor) {
        cursors.remove(cursor);
    }

    /// Frees the snapshot; [Rocks#free] shuts all versions first, so the database is still there.
    @Override
    void free() {
        cursors.forEach(RocksCursor::free);
        pinned.close();
        rocks.db().releaseSnapshot(snapshot);
        rocks.remove(this);
    }

    private static byte[] orAbsent(byte[] found) {
        return Optional.ofNullable(found).orElse(Bytes.ABSENT);
    }
}
