package io.staddle.storage;

/// How much memory and care a [RocksStore] spends.
///
/// The budgets bound what RocksDB takes outside of the Java heap, but for about 20 MB of
/// bookkeeping.
///
/// @param blockCacheBytes blocks of files kept in memory, with their indexes and filters; at least
/// 1 MiB
/// @param writeBufferBytes commits kept in memory over all tables until they are flushed; up to
/// half
///     as much again while a flush runs; at least 1 MiB
/// @param rowCacheBytes rows kept on the Java heap for the writer, besides a quarter as much for
/// their index; taken as rows come; below 1 MiB none
/// @param backgroundJobs threads that flush and compact, at least 1
/// @param verifyOnOpen whether opening reads all files and checks their checksums
public record StoreOptions(
        long blockCacheBytes,
        long writeBufferBytes,
        long rowCacheBytes,
        int backgroundJobs,
        boolean verifyOnOpen) {
    private static final long MIB = 1024 * 1024;

    /// 96 MiB of blocks, 64 MiB of writes, 96 MiB of rows, 2 threads, files verified.
    public static final StoreOptions DEFAULTS =
            new StoreOptions(96 * MIB, 64 * MIB, 96 * MIB, 2, true);

    /// Checks the bounds.
    public StoreOptions {
        require(
                blockCacheBytes >= MIB,
                "block-cache-bytes must be at least 1 MiB",
                blockCacheBytes);
        require(
                writeBufferBytes >= MIB,
                "write-buffer-bytes must be at least 1 MiB",
                writeBufferBytes);
        require(rowCacheBytes >= 0, "row-cache-bytes must be at least 0", rowCacheBytes);
        require(backgroundJobs >= 1, "background-jobs must be at least 1", backgroundJobs);
    }

    /// Returns these options with other budgets.
    public StoreOptions withBytes(long blockCache, long writeBuffer) {
        return new StoreOptions(
                blockCache, writeBuffer, rowCacheBytes, backgroundJobs, verifyOnOpen);
    }

    /// Returns these options with another budget for rows.
    public StoreOptions withRowCacheBytes(long bytes) {
        return new StoreOptions(
                blockCacheBytes, writeBufferBytes, bytes, backgroundJobs, verifyOnOpen);
    }

    /// Returns these options with another choice of `verifyOnOpen`.
    public StoreOptions withVerifyOnOpen(boolean verify) {
        return new StoreOptions(
                blockCacheBytes, writeBufferBytes, rowCacheBytes, backgroundJobs, verify);
    }

    private static void require(boolean holds, String message, long value) {
        if (!holds) {
            throw new IllegalArgumentException(message + ", is " + value);
        }
    }
}
