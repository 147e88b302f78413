package io.staddle.fence.rocksdb;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// What a holder writes, as part of the batch that remembers its token.
@FunctionalInterface
public interface BatchWork {
    /// Adds to the batch, and does not keep it.
    ///
    /// @throws RocksDBException if it does not work out: then nothing is written
    void addTo(WriteBatch batch) throws RocksDBException;
}
