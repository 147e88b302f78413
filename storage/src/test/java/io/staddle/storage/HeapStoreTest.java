package io.staddle.storage;

import java.nio.file.Path;

/// The contract, in memory.
final class HeapStoreTest extends StoreContract {
    @Override
    Store create(Path at) {
        return HeapStore.create(Fixture.TABLES);
    }

    @Override
    Store openCheckpoint(Path checkpoint, Path at) {
        return HeapStore.open(checkpoint, Fixture.TABLES);
    }
}
