package io.staddle.storage;

import static io.staddle.storage.Fixture.OWNER;
import static io.staddle.storage.Fixture.SMALL;
import static io.staddle.storage.Fixture.TABLES;

import java.nio.file.Path;

/// The contract, on disk.
final class RocksStoreTest extends StoreContract {
    @Override
    Store create(Path at) {
        return RocksStore.create(at, TABLES, OWNER, SMALL);
    }

    @Override
    Store openCheckpoint(Path checkpoint, Path at) {
        RocksStore.install(checkpoint, at, OWNER);
        return RocksStore.open(at, TABLES, OWNER, SMALL);
    }
}
