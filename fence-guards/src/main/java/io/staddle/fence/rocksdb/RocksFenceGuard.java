package io.staddle.fence.rocksdb;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.client.GrainToken;
import io.staddle.client.fence.FenceGuard;
import io.staddle.client.fence.Verdict;
import io.staddle.client.fence.Verdict.Seen;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/// Guards a RocksDB: the token and what its holder writes are one batch, so both are there after a
/// crash or neither.
///
/// The database belongs to one process, so it is enough that writes to one grain wait for each
/// other there: make one guard for each database, and write to its grains through no other way.
public final class RocksFenceGuard implements FenceGuard<BatchWork, RocksDBException> {
    private static final int STRIPES = 256;
    private static final Verdict ACCEPTED = new Verdict.Accepted();

    private final RocksDB database;
    private final ColumnFamilyHandle fences;
    private final WriteOptions options;
    private final Object[] locks = Stream.generate(Object::new).limit(STRIPES).toArray();

    /// Guards a database. It closes nothing that it is given.
    ///
    /// @param fences a column family of its own, with a row for each grain
    /// @param options how batches are written: what the operating system's crash may take, tokens
    ///     and writes alike, is decided here
    public RocksFenceGuard(RocksDB database, ColumnFamilyHandle fences, WriteOptions options) {
        this.database = database;
        this.fences = fences;
        this.options = options;
    }

    @Override
    public Verdict open(GrainToken token) throws RocksDBException {
        return write(token, batch -> {});
    }

    @Override
    public Verdict write(GrainToken token, BatchWork work) throws RocksDBException {
        byte[] key = key(token.grain());
        synchronized (locks[Math.floorMod(token.grain().hashCode(), STRIPES)]) {
            Optional<Seen> seen = Optional.ofNullable(database.get(fences, key)).map(this::seen);
            Verdict verdict = seen.map(last -> Verdict.of(token, last)).orElse(ACCEPTED);
            if (verdict.isAccepted()) {
                write(key, new Seen(token.epoch(), token.owner()), seen, work);
            }
            return verdict;
        }
    }

    private void write(byte[] key, Seen now, Optional<Seen> before, BatchWork work)
            throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            if (!before.equals(Optional.of(now))) {
                batch.put(fences, key, value(now));
            }
            work.addTo(batch);
            database.write(options, batch);
        }
    }

    private Seen seen(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        Epoch epoch = new Epoch(bytes.getLong());
        return new Seen(epoch, new ClusterId(StandardCharsets.UTF_8.decode(bytes).toString()));
    }

    private static byte[] value(Seen seen) {
        byte[] owner = seen.owner().value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + owner.length)
                .putLong(seen.epoch().value())
                .put(owner)
                .array();
    }

    /// A type has no slash.
    private static byte[] key(GrainId grain) {
        return grain.toString().getBytes(StandardCharsets.UTF_8);
    }
}
