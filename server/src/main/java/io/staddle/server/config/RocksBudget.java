package io.staddle.server.config;

/// Memory that RocksDB may use.
///
/// @param blockCacheBytes key `rocksdb.block-cache-bytes`: blocks read from disk; 8 MiB to 1 TiB,
///     default 64 MiB
/// @param writeBufferBytes key `rocksdb.write-buffer-bytes`: writes not flushed yet, over all
///     tables; 4 MiB to 64 GiB, default 64 MiB
public record RocksBudget(long blockCacheBytes, long writeBufferBytes) {}
