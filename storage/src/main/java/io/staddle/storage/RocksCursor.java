package io.staddle.storage;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

import java.util.concurrent.atomic.AtomicBoolean;

/// Walks over the rows of a [RocksVersion], and holds it meanwhile.
final class RocksCursor implements ByteCursor {
    private final RocksVersion version;
    private final Slot slot;
    private final Slice to;
    private final ReadOptions options;
    private final RocksIterator rows;
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean started;
    private boolean ended;
    private byte[] key = Bytes.ABSENT;
    private byte[] value = Bytes.ABSENT;

    /// @param version entered by the caller
    RocksCursor(RocksVersion version, Slot slot, KeyRange range) {
        this.version = version;
        this.slot = slot;
        // The bound spares RocksDB the walk over what was deleted after the range.
        to = new Slice(range.to());
        options = new ReadOptions(version.pinned());
        if (range.to().length != 0) {
            options.setIterateUpperBound(to);
        }
        rows = version.rocks().db().newIterator(version.rocks().family(slot), options);
        if (!version.retain()) {
            free();
            throw new StoreClosedException();
        }
        version.add(this);
        rows.seek(range.from());
    }

    @Override
    public boolean advance() {
        if (ended) {
            return false;
        }
        if (closed.get()) {
            throw new IllegalStateException("the cursor over table " + slot.name() + " is closed");
        }
        version.enter();
        try {
            if (started) {
                rows.next();
            }
            started = true;
            ended = !rows.isValid();
            if (ended) {
                rows.status();
            } else {
                key = rows.key();
                value = rows.value();
            }
            return !ended;
        } catch (RocksDBException e) {
            throw RocksErrors.reading("table " + slot.name(), e);
        } finally {
            version.exit();
        }
    }

    @Override
    public byte[] key() {
        return key;
    }

    @Override
    public byte[] value() {
        return value;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (version.tryEnter()) {
                version.remove(this);
                free();
                version.exit();
            }
            version.release();
        }
    }

    /// Frees what is native: at its own close, or with the version if that comes first.
    void free() {
        rows.close();
        options.close();
        to.close();
    }
}
