package io.staddle.storage;

/// What a store on disk can tell of itself at any time, in constant time.
public enum StoreFigure {
    /// Bytes that were committed and are in memory only, until the next flush.
    MEMTABLE_BYTES("rocksdb.cur-size-all-mem-tables", true),
    /// Bytes of the files on disk.
    FILE_BYTES("rocksdb.total-sst-files-size", true),
    /// Bytes in the cache of blocks.
    BLOCK_CACHE_BYTES("rocksdb.block-cache-usage", false),
    /// Bytes that compactions have yet to rewrite, as RocksDB estimates it.
    PENDING_COMPACTION_BYTES("rocksdb.estimate-pending-compaction-bytes", true),
    /// Compactions that run.
    RUNNING_COMPACTIONS("rocksdb.num-running-compactions", false),
    /// Flushes that run.
    RUNNING_FLUSHES("rocksdb.num-running-flushes", false),
    /// 1 while commits have to wait for compactions or flushes; else 0.
    WRITES_STOPPED("rocksdb.is-write-stopped", false);

    private final String property;
    private final boolean sum;

    /// @param property what RocksDB calls it
    /// @param sum whether each table has its own
    StoreFigure(String property, boolean sum) {
        this.property = property;
        this.sum = sum;
    }

    String property() {
        return property;
    }

    boolean isSum() {
        return sum;
    }
}
