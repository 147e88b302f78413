package io.staddle.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.Status;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// How RocksDB is set up. The objects live as long as the database.
final class RocksSettings implements AutoCloseable {
    private static final double BLOOM_BITS_PER_KEY = 10;
    private static final double MEMTABLE_BLOOM_SHARE = 0.05;
    private static final long ARENA_BLOCK_BYTES = 128 * 1024;
    private static final int FILES_AT_LEVEL_0 = 8;
    private static final long LOG_FILE_BYTES = 4 * 1024 * 1024;
    private static final long FILE_BYTES = 32 * 1024 * 1024;

    private final List<AutoCloseable> owned = new ArrayList<>();
    private final DBOptions db;
    private final List<ColumnFamilyDescriptor> families = new ArrayList<>();

    RocksSettings(Tables tables, StoreOptions options, Rocks.Mode mode, Consumer<String> onError) {
        Cache cache = own(new LRUCache(options.blockCacheBytes()));
        BloomFilter bloom = own(new BloomFilter(BLOOM_BITS_PER_KEY));
        db = own(database(options, mode, own(new ErrorListener(onError))));
        ColumnFamilyOptions plain = own(family(options, blocks(cache)));
        ColumnFamilyOptions rows = own(pointReads(family(options, readByKey(cache, bloom))));
        // Only what is read by key needs a filter; a log is read rarely and compresses well.
        ColumnFamilyOptions logs =
                own(
                        family(options, blocks(cache))
                                .setCompressionType(CompressionType.LZ4_COMPRESSION));
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, plain));
        for (Slot slot : tables.slots()) {
            ColumnFamilyOptions family =
                    switch (slot.kind()) {
                        case ROWS -> rows;
                        case RESIDENT, INDEX, QUEUE -> plain;
                        case LOG -> logs;
                    };
            families.add(new ColumnFamilyDescriptor(slot.name().getBytes(UTF_8), family));
        }
    }

    static String text(byte[] familyName) {
        return new String(familyName, UTF_8);
    }

    DBOptions db() {
        return db;
    }

    List<ColumnFamilyDescriptor> families() {
        return families;
    }

    @Override
    public void close() {
        for (AutoCloseable each : owned.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing options cannot fail", e);
            }
        }
    }

    private static DBOptions database(
            StoreOptions options, Rocks.Mode mode, AbstractEventListener listener) {
        return new DBOptions()
                .setCreateIfMissing(mode == Rocks.Mode.CREATE)
                .setErrorIfExists(mode == Rocks.Mode.CREATE)
                .setCreateMissingColumnFamilies(mode != Rocks.Mode.READ)
                // The Raft log is the log: rows of all families and the position reach the disk
                // together or not at all.
                .setAtomicFlush(true)
                .setParanoidChecks(true)
                // RocksDB would try again by itself; a failed fsync must never be tried again.
                .setMaxBgErrorResumeCount(0)
                .setListeners(List.of(listener))
                .setDbWriteBufferSize(options.writeBufferBytes())
                .setMaxBackgroundJobs(options.backgroundJobs())
                .setBytesPerSync(1024 * 1024)
                // There is one writer.
                .setAllowConcurrentMemtableWrite(false)
                .setEnableWriteThreadAdaptiveYield(false)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(LOG_FILE_BYTES)
                .setKeepLogFileNum(2);
    }

    private static ColumnFamilyOptions family(StoreOptions options, BlockBasedTableConfig blocks) {
        return new ColumnFamilyOptions()
                .setTableFormatConfig(blocks)
                // The budget of all tables together ends a memtable, not that of one.
                .setWriteBufferSize(options.writeBufferBytes())
                .setMaxWriteBufferNumber(3)
                // Half as many merges of new files with old ones as by default.
                .setLevel0FileNumCompactionTrigger(FILES_AT_LEVEL_0)
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                .setTargetFileSizeBase(FILE_BYTES)
                .setLevelCompactionDynamicLevelBytes(true)
                // CPU is scarcer than disk.
                .setCompressionType(CompressionType.NO_COMPRESSION);
    }

    private static BlockBasedTableConfig readByKey(Cache cache, BloomFilter bloom) {
        return blocks(cache)
                .setFilterPolicy(bloom)
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash);
    }

    /// A filter before the memtable too: most rows that are read are not in it.
    private static ColumnFamilyOptions pointReads(ColumnFamilyOptions family) {
        return family.setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_SHARE)
                .setMemtableWholeKeyFiltering(true);
    }

    private static BlockBasedTableConfig blocks(Cache cache) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFormatVersion(6);
    }

    private <T extends AutoCloseable> T own(T object) {
        owned.add(object);
        return object;
    }

    private static final class ErrorListener extends AbstractEventListener {
        private final Consumer<String> onError;

        ErrorListener(Consumer<String> onError) {
            super(EnabledEventCallback.ON_BACKGROUND_ERROR);
            this.onError = onError;
        }

        @Override
        public void onBackgroundError(BackgroundErrorReason reason, Status status) {
            onError.accept(reason + ": " + status.getCodeString() + " " + status.getState());
        }
    }
}
