package io.staddle.fence.rocksdb;

import io.staddle.api.id.GrainId;
import io.staddle.client.GrainToken;
import io.staddle.client.conformance.GuardedStore;
import io.staddle.client.fence.Verdict;

import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Texts in a column family beside that of the guard.
final class RocksStore implements GuardedStore {
    private final Path directory;
    private Open open;

    RocksStore(Path directory) throws RocksDBException {
        this.directory = directory;
        this.open = new Open(directory);
    }

    @Override
    public Verdict open(GrainToken token) throws RocksDBException {
        return open.guard.open(token);
    }

    @Override
    public Verdict write(GrainToken token, String text) throws RocksDBException {
        return open.guard.write(
                token, batch -> batch.put(bytes(token.grain().toString()), bytes(text)));
    }

    @Override
    public Verdict writeAndFail(GrainToken token, String text) throws RocksDBException {
        return open.guard.write(
                token,
                batch -> {
                    batch.put(bytes(token.grain().toString()), bytes(text));
                    throw new RocksDBException("as the test wishes");
                });
    }

    @Override
    public Optional<String> read(GrainId grain) throws RocksDBException {
        return Optional.ofNullable(open.database.get(bytes(grain.toString())))
                .map(text -> new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void restart() throws RocksDBException {
        open.close();
        open = new Open(directory);
    }

    @Override
    public void close() {
        open.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// What is open of the database.
    private static final class Open {
        final RocksDB database;
        final RocksFenceGuard guard;
        private final List<ColumnFamilyHandle> handles = new ArrayList<>();
        private final DBOptions options =
                new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        private final WriteOptions writes = new WriteOptions();

        Open(Path directory) throws RocksDBException {
            List<ColumnFamilyDescriptor> families =
                    List.of(
                            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                            new ColumnFamilyDescriptor(bytes("fences")));
            database = RocksDB.open(options, directory.toString(), families, handles);
            guard = new RocksFenceGuard(database, handles.getLast(), writes);
        }

        void close() {
            handles.forEach(ColumnFamilyHandle::close);
            database.close();
            options.close();
            writes.close();
        }
    }
}
