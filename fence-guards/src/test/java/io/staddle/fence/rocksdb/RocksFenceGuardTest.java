package io.staddle.fence.rocksdb;

import io.staddle.client.conformance.FenceGuardConformance;
import io.staddle.client.conformance.GuardedStore;

import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

import java.nio.file.Path;

final class RocksFenceGuardTest extends FenceGuardConformance {
    @TempDir private Path directory = Path.of("unset");

    @Override
    protected GuardedStore setUp() throws RocksDBException {
        return new RocksStore(directory);
    }
}
