package io.staddle.storage;

import static io.staddle.storage.Fixture.EVENTS;
import static io.staddle.storage.Fixture.OWNER;
import static io.staddle.storage.Fixture.PEOPLE;
import static io.staddle.storage.Fixture.SMALL;
import static io.staddle.storage.Fixture.TABLES;
import static io.staddle.storage.Fixture.TOTALS;
import static io.staddle.storage.Fixture.at;
import static io.staddle.storage.Fixture.keys;
import static io.staddle.storage.Fixture.lastDigest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    @Test
    void aCheckpointIsReadWithoutAChangeOfItsFiles(@TempDir Path dir) throws IOException {
        Path checkpoint = dir.resolve("checkpoint");
        Digest digest;
        try (Store store = create(dir.resolve("store"))) {
            Batch batch = store.begin();
            batch.insert(PEOPLE, "ada", "London");
            batch.insert(TOTALS, "people", 1L);
            batch.append(EVENTS, 1L, "born");
            store.commit(batch, at(1));
            digest = lastDigest(store);
            store.checkpoint(checkpoint);
        }
        List<String> files = files(checkpoint);

        try (StillStore still = StillStore.open(checkpoint, TABLES, OWNER, SMALL);
                View view = still.view()) {
            assertThat(view.applied()).isEqualTo(at(1));
            assertThat(view.digest()).isEqualTo(digest);
            assertThat(view.get(PEOPLE, "ada")).contains("London");
            assertThat(view.get(TOTALS, "people")).contains(1L);
            assertThat(keys(view, EVENTS)).containsExactly(1L);
        }

        assertThat(files(checkpoint)).isEqualTo(files);
        StoreIdentity other = new StoreIdentity("another");
        assertThatThrownBy(() -> StillStore.open(checkpoint, TABLES, other, SMALL))
                .isInstanceOf(StoreRefusedException.class);
    }

    private static List<String> files(Path dir) throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.add(dir.relativize(file) + " of " + Files.size(file) + " bytes");
            }
        }
        return files;
    }
}
