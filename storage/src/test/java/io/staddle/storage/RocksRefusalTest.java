package io.staddle.storage;

import static io.staddle.storage.Fixture.OWNER;
import static io.staddle.storage.Fixture.PEOPLE;
import static io.staddle.storage.Fixture.SMALL;
import static io.staddle.storage.Fixture.TABLES;
import static io.staddle.storage.Fixture.TOTALS;
import static io.staddle.storage.Fixture.at;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.storage.StoreRefusedException.Reason;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Directories that are not the store that was asked for, or damaged.
final class RocksRefusalTest {
    @TempDir Path dir;
    private Path home;

    @BeforeEach
    void makeAStoreWithTwoFlushes() {
        home = dir.resolve("home");
        try (RocksStore store = RocksStore.create(home, TABLES, OWNER, SMALL)) {
            fill(store, 1);
            store.flush();
            fill(store, 2);
        }
    }

    private static void fill(Store store, long index) {
        Batch batch = store.begin();
        for (int i = 0; i < 500; i++) {
            batch.put(PEOPLE, "person " + i, "city " + index);
        }
        batch.put(TOTALS, "people", 500L);
        store.commit(batch, at(index));
    }

    private void open() {
        RocksStore.open(home, TABLES, OWNER, SMALL).close();
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContainingAll("expected", "found", ";");
    }

    @Test
    void nothingAndAnEmptyDirectoryAreMissing() throws IOException {
        assertRefused(
                Reason.MISSING, () -> RocksStore.open(dir.resolve("none"), TABLES, OWNER, SMALL));
        Files.createDirectory(dir.resolve("empty"));
        assertRefused(
                Reason.MISSING, () -> RocksStore.open(dir.resolve("empty"), TABLES, OWNER, SMALL));
        RocksStore.create(dir.resolve("empty"), TABLES, OWNER, SMALL).close();
    }

    @Test
    void aNewStoreDoesNotReplaceAnything() {
        assertRefused(Reason.NOT_EMPTY, () -> RocksStore.create(home, TABLES, OWNER, SMALL));
        open();
    }

    @Test
    void aDirectoryWithoutItsMarkIsHalfMade() throws IOException {
        Files.delete(home.resolve("STORE"));
        assertRefused(Reason.UNMARKED, this::open);
    }

    @Test
    void theStoreOfAnotherIsForeign() {
        StoreIdentity other = new StoreIdentity("somebody else");
        assertRefused(Reason.FOREIGN, () -> RocksStore.open(home, TABLES, other, SMALL));
        assertRefused(Reason.FOREIGN, () -> RocksStore.install(home, dir.resolve("new"), other));
    }

    @Test
    void aStoreOpenElsewhereIsInUse() {
        RocksStore open = RocksStore.open(home, TABLES, OWNER, SMALL);
        assertRefused(Reason.IN_USE, this::open);
        open.close();
        open();
    }

    @Test
    void anotherFormatIsNotRead() throws IOException {
        Path mark = home.resolve("STORE");
        Files.writeString(mark, Files.readString(mark).replace("store 1", "store 2"));
        assertRefused(Reason.OTHER_FORMAT, this::open);
    }

    @Test
    void aChangedMarkIsDamage() throws IOException {
        Path mark = home.resolve("STORE");
        Files.writeString(mark, Files.readString(mark).replace("people ROWS", "people INDEX"));
        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("STORE");
    }

    @Test
    void tablesCanBeAddedButThoseWithRowsNeitherLeftOutNorChanged() {
        List<Table<?, ?>> fewer = List.of(TOTALS);
        assertRefused(Reason.OTHER_SCHEMA, () -> RocksStore.open(home, fewer, OWNER, SMALL));
        List<Table<?, ?>> changed = new ArrayList<>(TABLES);
        changed.remove(PEOPLE);
        changed.add(Table.resident("people", Keys.TEXT, Keys.TEXT));
        assertRefused(Reason.OTHER_SCHEMA, () -> RocksStore.open(home, changed, OWNER, SMALL));
        List<Table<?, ?>> more = new ArrayList<>(TABLES);
        more.add(Table.rows("dogs", Keys.TEXT, Keys.TEXT));
        try (RocksStore store = RocksStore.open(home, more, OWNER, SMALL)) {
            assertThat(Fixture.lastKeys(store, more.getLast())).isEmpty();
            assertThat(Fixture.lastKeys(store, PEOPLE)).hasSize(500);
        }
    }

    @Test
    void aTableThatIsNotKnownIsDroppedIfItIsEmpty() throws IOException {
        Table<String, String> dogs = Table.rows("dogs", Keys.TEXT, Keys.TEXT);
        List<Table<?, ?>> more = new ArrayList<>(TABLES);
        more.add(dogs);
        RocksStore.open(home, more, OWNER, SMALL).close();
        String newer = Files.readString(home.resolve("STORE"));
        open();
        assertThat(Rocks.familyNames(home.resolve("data-1"))).doesNotContain("dogs");
        String older = Files.readString(home.resolve("STORE"));
        assertThat(older).isNotEqualTo(newer).doesNotContain("dogs");

        // A crash between the two: the mark no longer names it, and it is there.
        RocksStore.open(home, more, OWNER, SMALL).close();
        Files.writeString(home.resolve("STORE"), older);
        try (RocksStore store = RocksStore.open(home, TABLES, OWNER, SMALL)) {
            assertThat(Fixture.lastKeys(store, PEOPLE)).hasSize(500);
        }
        assertThat(Rocks.familyNames(home.resolve("data-1"))).doesNotContain("dogs");

        try (RocksStore store = RocksStore.open(home, more, OWNER, SMALL)) {
            Batch batch = store.begin();
            batch.put(dogs, "rex", "brown");
            store.commit(batch, at(3));
        }
        assertRefused(Reason.OTHER_SCHEMA, this::open);
        try (RocksStore store = RocksStore.open(home, more, OWNER, SMALL)) {
            assertThat(Fixture.lastKeys(store, dogs)).containsExactly("rex");
        }
    }

    @Test
    void aFlippedByteInATableFileIsDamageAndTheFileIsNamed() throws IOException {
        for (Path file : files(".sst")) {
            byte[] whole = Files.readAllBytes(file);
            byte[] flipped = whole.clone();
            flipped[whole.length / 3] ^= 1;
            Files.write(file, flipped);
            assertThatThrownBy(this::open)
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining(file.getFileName().toString());
            Path target = dir.resolve("target");
            assertThatThrownBy(() -> RocksStore.install(home, target, OWNER))
                    .isInstanceOf(CorruptDataException.class);
            assertRefusedOrMissing(target);
            Files.write(file, whole);
        }
        open();
    }

    private static void assertRefusedOrMissing(Path target) {
        assertThatThrownBy(() -> RocksStore.open(target, TABLES, OWNER, SMALL))
                .isInstanceOf(StoreRefusedException.class);
    }

    @Test
    void aMissingTableFileIsDamage() throws IOException {
        Files.delete(files(".sst").getFirst());
        assertThatThrownBy(this::open).isInstanceOf(CorruptDataException.class);
    }

    @Test
    void aCutOffOrMissingListOfFilesIsDamage() throws IOException {
        for (String name : List.of("MANIFEST", "CURRENT")) {
            Path file = files(name).getFirst();
            byte[] whole = Files.readAllBytes(file);
            for (int length : new int[] {0, whole.length / 2, whole.length - 1}) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertThatThrownBy(this::open)
                        .as("%s of %s bytes of %s", length, whole.length, name)
                        .isInstanceOf(CorruptDataException.class);
            }
            Files.delete(file);
            assertThatThrownBy(this::open).isInstanceOf(CorruptDataException.class);
            Files.write(file, whole);
        }
        open();
    }

    private List<Path> files(String part) throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("data-1"))) {
            return all.filter(path -> path.getFileName().toString().contains(part))
                    .sorted()
                    .toList();
        }
    }
}
