package io.staddle.server.raft;

import io.staddle.server.config.ServerConfig;
import io.staddle.server.data.DataDirectory;
import io.staddle.server.data.DataRefusedException;
import io.staddle.server.data.Identity;
import io.staddle.statemachine.ratis.LiveStore;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;

/// Opens the tables of a data directory, if they and the log are both there, or both are not.
final class StateDirectory {
    private static final String NEXT = "Bring the whole data directory back, or replace the server";

    private static final long HEAP_SHARE_OF_ROWS = 6;

    private StateDirectory() {}

    static LiveStore open(ServerConfig config, DataDirectory data) {
        StoreIdentity identity = Identity.ofTables(config.deployment());
        StoreOptions options =
                StoreOptions.DEFAULTS
                        .withBytes(
                                config.rocksdb().blockCacheBytes(),
                                config.rocksdb().writeBufferBytes())
                        .withRowCacheBytes(rowCacheBytes());
        if (!LiveStore.exists(data.state())) {
            if (!data.isFresh()) {
                throw new DataRefusedException(
                        "There is a log in " + data.raft() + ", but no tables in " + data.state(),
                        NEXT);
            }
            return LiveStore.create(data.state(), identity, options);
        }
        LiveStore live = LiveStore.open(data.state(), identity, options);
        if (data.isFresh() && live.appliedIndex() >= 0 && !live.isAsRestored()) {
            live.close();
            throw new DataRefusedException(
                    "There are tables in " + data.state() + ", but no log in " + data.raft(), NEXT);
        }
        return live;
    }

    /// Rows on the heap for the writer: 1,000,000 grains take 80 MB, and a small heap less.
    private static long rowCacheBytes() {
        long heapShare = Runtime.getRuntime().maxMemory() / HEAP_SHARE_OF_ROWS;
        return Math.min(StoreOptions.DEFAULTS.rowCacheBytes(), heapShare);
    }
}
