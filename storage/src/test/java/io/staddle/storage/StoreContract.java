package io.staddle.storage;

import static io.staddle.storage.Fixture.EVENTS;
import static io.staddle.storage.Fixture.LETTERS;
import static io.staddle.storage.Fixture.PEOPLE;
import static io.staddle.storage.Fixture.POSTS;
import static io.staddle.storage.Fixture.TOTALS;
import static io.staddle.storage.Fixture.at;
import static io.staddle.storage.Fixture.keys;
import static io.staddle.storage.Fixture.lastDigest;
import static io.staddle.storage.Fixture.lastKeys;
import static io.staddle.storage.Fixture.letters;
import static io.staddle.storage.Fixture.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.storage.Fixture.Letter;
import io.staddle.storage.Fixture.Post;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What every store does.
abstract class StoreContract {
    @TempDir Path dir;
    Store store;
    private long index;

    abstract Store create(Path at);

    abstract Store openCheckpoint(Path checkpoint, Path at);

    @BeforeEach
    void createStore() {
        store = create(dir.resolve("store"));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void commit(Consumer<Batch> writes) {
        Batch batch = store.begin();
        writes.accept(batch);
        store.commit(batch, at(++index));
    }

    private void assertRefused(Consumer<Batch> writes, String... inMessage) {
        assertThatThrownBy(() -> writes.accept(store.begin()))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(inMessage);
    }

    @Test
    void aNewStoreIsEmptyAndBeforeTheLog() {
        assertThat(store.applied()).isEqualTo(LogPosition.NONE);
        assertThat(lastDigest(store)).isEqualTo(Digest.EMPTY);
        assertThat(lastKeys(store, PEOPLE)).isEmpty();
    }

    @Test
    void committedRowsOfEveryKindCanBeRead() {
        commit(batch -> {
            batch.insert(PEOPLE, "ada", "London");
            batch.insert(TOTALS, "people", 1L);
            batch.put(POSTS, new Post("London", "ada"));
            batch.append(EVENTS, 7L, "born");
            batch.enqueue(LETTERS, new Letter("ada", 3), "hello");
        });
        try (View view = store.view()) {
            assertThat(view.applied()).isEqualTo(at(1));
            assertThat(view.get(LETTERS, new Letter("ada", 3))).contains("hello");
            assertThat(view.get(LETTERS, new Letter("ada", 4))).isEmpty();
            assertThat(view.getAll(LETTERS, List.of(new Letter("ada", 3), new Letter("bob", 3))))
                    .containsExactly(Optional.of("hello"), Optional.empty());
            assertThat(view.get(PEOPLE, "ada")).contains("London");
            assertThat(view.get(PEOPLE, "bob")).isEmpty();
            assertThat(view.get(TOTALS, "people")).contains(1L);
            assertThat(view.get(TOTALS, "dogs")).isEmpty();
            assertThat(view.get(POSTS, new Post("London", "ada"))).contains(Present.PRESENT);
            assertThat(view.get(POSTS, new Post("London", "bob"))).isEmpty();
            assertThat(view.get(EVENTS, 7L)).contains("born");
            assertThat(view.getAll(PEOPLE, List.of("bob", "ada", "bob")))
                    .containsExactly(Optional.empty(), Optional.of("London"), Optional.empty());
            assertThat(view.getAll(TOTALS, List.of("people", "dogs")))
                    .containsExactly(Optional.of(1L), Optional.empty());
        }
    }

    @Test
    void aBatchNotesHowRowsWereBeforeEachWrite() {
        commit(batch -> {
            batch.insert(PEOPLE, "ada", "London");
            batch.insert(TOTALS, "people", 1L);
        });
        commit(batch -> {
            batch.note(List.of(PEOPLE, TOTALS));
            batch.update(PEOPLE, "ada", "Paris");
            batch.insert(PEOPLE, "bob", "Rome");
            assertThat(told(batch)).containsExactly("people London", "people none");
            batch.delete(PEOPLE, "ada");
            batch.put(TOTALS, "people", 2L);
            batch.put(POSTS, new Post("Rome", "bob"));
            assertThat(told(batch)).containsExactly("people Paris", "totals 1");
            assertThat(batch.takeNotes()).isEmpty();
        });
        commit(batch -> {
            batch.update(PEOPLE, "bob", "Oslo");
            assertThat(batch.takeNotes()).as("without being told to").isEmpty();
        });
    }

    private static List<String> told(Batch batch) {
        return batch.takeNotes().stream()
                .map(note ->
                        note.table().name()
                                + " "
                                + (note.existed()
                                        ? note.table().values().decode(note.before()).toString()
                                        : "none"))
                .toList();
    }

    @Test
    void insertRefusesARowThatExists() {
        commit(batch -> batch.insert(PEOPLE, "ada", "London"));
        commit(batch -> batch.insert(TOTALS, "people", 1L));
        assertRefused(batch -> batch.insert(PEOPLE, "ada", "Paris"), "people", "0x616461");
        assertRefused(batch -> batch.insert(TOTALS, "people", 2L), "totals");
        assertRefused(
                batch -> {
                    batch.insert(PEOPLE, "bob", "Rome");
                    batch.insert(PEOPLE, "bob", "Rome");
                },
                "people");
    }

    @Test
    void updateAndDeleteRefuseARowThatDoesNotExist() {
        assertRefused(batch -> batch.update(PEOPLE, "ada", "Paris"), "people", "0x616461");
        assertRefused(batch -> batch.update(TOTALS, "people", 2L), "totals");
        assertRefused(batch -> batch.delete(PEOPLE, "ada"), "people", "0x616461");
        assertRefused(batch -> batch.delete(TOTALS, "people"), "totals");
        assertRefused(
                batch -> {
                    batch.insert(PEOPLE, "bob", "Rome");
                    batch.delete(PEOPLE, "bob");
                    batch.delete(PEOPLE, "bob");
                },
                "people");
    }

    @Test
    void putAndIndexWritesAreUnchecked() {
        for (int i = 0; i < 2; i++) {
            commit(batch -> {
                batch.put(PEOPLE, "ada", "London");
                batch.put(TOTALS, "people", 1L);
                batch.put(POSTS, new Post("London", "ada"));
                batch.remove(POSTS, new Post("Paris", "ada"));
            });
        }
        assertThat(lastKeys(store, POSTS)).containsExactly(new Post("London", "ada"));
    }

    @Test
    void deletedRowsAreGone() {
        commit(batch -> {
            batch.insert(PEOPLE, "ada", "London");
            batch.insert(TOTALS, "people", 1L);
            batch.put(POSTS, new Post("London", "ada"));
        });
        commit(batch -> {
            batch.delete(PEOPLE, "ada");
            batch.delete(TOTALS, "people");
            batch.remove(POSTS, new Post("London", "ada"));
        });
        try (View view = store.view()) {
            assertThat(view.get(PEOPLE, "ada")).isEmpty();
            assertThat(view.get(TOTALS, "people")).isEmpty();
            assertThat(rows(view, POSTS)).isEmpty();
            assertThat(view.digest()).isEqualTo(Digest.EMPTY);
        }
    }

    @Test
    void appendRefusesAKeyThatDoesNotGrow() {
        commit(batch -> batch.append(EVENTS, 5L, "five"));
        assertRefused(batch -> batch.append(EVENTS, 5L, "again"), "events");
        assertRefused(batch -> batch.append(EVENTS, 4L, "before"), "events");
        commit(batch -> batch.trim(EVENTS, 9L));
        assertRefused(batch -> batch.append(EVENTS, 5L, "trimmed, yet used"), "events");
    }

    @Test
    void trimRemovesFromTheFrontOnly() {
        commit(batch -> {
            for (long i = 1; i <= 5; i++) {
                batch.append(EVENTS, i, "e" + i);
            }
        });
        commit(batch -> {
            batch.append(EVENTS, 6L, "e6");
            batch.trim(EVENTS, 3L);
            batch.trim(EVENTS, 2L);
            assertThat(keys(batch, EVENTS)).containsExactly(3L, 4L, 5L, 6L);
            assertThat(batch.get(EVENTS, 2L)).isEmpty();
            batch.trim(EVENTS, 6L);
            batch.append(EVENTS, 7L, "e7");
            assertThat(keys(batch, EVENTS)).containsExactly(6L, 7L);
            assertThat(batch.get(EVENTS, 7L)).contains("e7");
        });
        assertThat(lastKeys(store, EVENTS)).containsExactly(6L, 7L);
    }

    @Test
    void manyRowsAreTrimmedAsFewAre() {
        for (long round = 0; round < 5; round++) {
            long start = round * 1000;
            commit(batch -> {
                for (long i = start; i < start + 200; i++) {
                    batch.append(EVENTS, i, "e" + i);
                }
            });
            commit(batch -> batch.trim(EVENTS, start + 3));
            commit(batch -> batch.trim(EVENTS, start + 190));
            commit(batch -> batch.trim(EVENTS, start + 195));
            assertThat(lastKeys(store, EVENTS))
                    .containsExactly(
                            start + 195, start + 196, start + 197, start + 198, start + 199);
        }
    }

    @Test
    void queuesGrowAndAreDroppedIndependentlyOfEachOther() {
        commit(batch -> {
            for (long i = 1; i <= 4; i++) {
                batch.enqueue(LETTERS, new Letter("b", i), "b" + i);
            }
        });
        commit(batch -> {
            batch.enqueue(LETTERS, new Letter("a", 1), "a1");
            batch.enqueue(LETTERS, new Letter("b", 5), "b5");
            batch.drop(LETTERS, letters("b", 1, 3));
            batch.enqueue(LETTERS, new Letter("c", 1), "c1");
            batch.drop(LETTERS, letters("c", 1, 9));
            batch.drop(LETTERS, letters("c", 9, 1));
            assertThat(batch.get(LETTERS, new Letter("b", 2))).isEmpty();
            assertThat(batch.get(LETTERS, new Letter("b", 3))).contains("b3");
            assertThat(batch.get(LETTERS, new Letter("b", 5))).contains("b5");
            assertThat(batch.get(LETTERS, new Letter("c", 1))).isEmpty();
            assertThat(rows(batch, LETTERS, letters("b", 0, 5)))
                    .containsExactly(
                            new Row<>(new Letter("b", 3), "b3"),
                            new Row<>(new Letter("b", 4), "b4"));
        });
        assertThat(lastKeys(store, LETTERS))
                .containsExactly(
                        new Letter("a", 1),
                        new Letter("b", 3),
                        new Letter("b", 4),
                        new Letter("b", 5));
        assertRefused(
                batch -> {
                    batch.enqueue(LETTERS, new Letter("a", 2), "a2");
                    batch.enqueue(LETTERS, new Letter("a", 2), "again");
                },
                "letters");
    }

    @Test
    void manyRowsAreDroppedAsFewAre() {
        commit(batch -> {
            for (long i = 0; i < 1_000; i++) {
                batch.enqueue(LETTERS, new Letter("a", i), "a" + i);
                batch.enqueue(LETTERS, new Letter("b", i), "b" + i);
            }
        });
        commit(batch -> batch.drop(LETTERS, letters("a", 0, 64)));
        commit(batch -> batch.drop(LETTERS, letters("a", 64, 998)));
        commit(batch -> batch.drop(LETTERS, letters("b", 0, 999)));
        assertThat(lastKeys(store, LETTERS))
                .containsExactly(new Letter("a", 998), new Letter("a", 999), new Letter("b", 999));
    }

    @Test
    void whatIsDroppedStaysInTheHistory() {
        commit(batch -> batch.enqueue(LETTERS, new Letter("a", 1), "a1"));
        Digest grown = lastDigest(store);
        assertThat(grown.sameState(Digest.EMPTY)).isTrue();
        assertThat(grown).isNotEqualTo(Digest.EMPTY);
        commit(batch -> batch.drop(LETTERS, letters("a", 1, 2)));
        assertThat(lastDigest(store)).isEqualTo(grown);
        assertThat(store.verify()).isEqualTo(grown);
    }

    @Test
    void verbsOfAnotherKindAreRefused() {
        Batch batch = store.begin();
        assertThatThrownBy(() -> batch.enqueue(EVENTS, 1L, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.drop(EVENTS, KeyRange.all()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.append(LETTERS, new Letter("a", 1), "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.insert(EVENTS, 1L, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.delete(POSTS, new Post("a", "b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.append(PEOPLE, "a", "b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.trim(TOTALS, "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.get(Table.index("unknown", Keys.TEXT), "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aScanInABatchShowsCommittedAndPendingRows() {
        commit(batch -> {
            for (String name : List.of("b", "d", "f")) {
                batch.insert(PEOPLE, name, "old");
                batch.insert(TOTALS, name, 0L);
                batch.put(POSTS, new Post(name, name));
            }
        });
        Batch batch = store.begin();
        batch.insert(PEOPLE, "a", "new");
        batch.update(PEOPLE, "b", "new");
        batch.delete(PEOPLE, "d");
        batch.insert(PEOPLE, "g", "new");
        batch.delete(PEOPLE, "g");
        batch.insert(PEOPLE, "h", "new");
        batch.delete(TOTALS, "b");
        batch.insert(TOTALS, "c", 1L);
        batch.remove(POSTS, new Post("f", "f"));
        batch.put(POSTS, new Post("f", "a"));
        assertThat(rows(batch, PEOPLE))
                .containsExactly(
                        new Row<>("a", "new"),
                        new Row<>("b", "new"),
                        new Row<>("f", "old"),
                        new Row<>("h", "new"));
        assertThat(rows(batch, PEOPLE, KeyRange.within(new byte[0], Keys.TEXT.encode("b"))))
                .extracting(Row::key)
                .containsExactly("f", "h");
        assertThat(keys(batch, TOTALS)).containsExactly("c", "d", "f");
        assertThat(keys(batch, POSTS))
                .containsExactly(new Post("b", "b"), new Post("d", "d"), new Post("f", "a"));
        assertThat(lastKeys(store, PEOPLE)).containsExactly("b", "d", "f");
    }

    @Test
    void rowsCanBeWrittenWhileScanning() {
        commit(batch -> List.of("a", "b", "c").forEach(name -> batch.insert(PEOPLE, name, "x")));
        commit(batch -> {
            batch.insert(PEOPLE, "bb", "x");
            try (Cursor<String, String> cursor = batch.scan(PEOPLE, KeyRange.all())) {
                cursor.forEachRemaining(row -> {
                    batch.delete(PEOPLE, row.key());
                    batch.insert(PEOPLE, row.key() + "z", "y");
                });
            }
        });
        assertThat(lastKeys(store, PEOPLE)).containsExactly("az", "bbz", "bz", "cz");
    }

    @Test
    void rangesBoundScans() {
        commit(batch ->
                List.of("a", "ab", "abc", "b", "ba")
                        .forEach(name -> batch.insert(PEOPLE, name, "x")));
        byte[] prefix = new KeyWriter().textPrefix("ab").toBytes();
        byte[] ab = Keys.TEXT.encode("ab");
        byte[] b = Keys.TEXT.encode("b");
        try (View view = store.view()) {
            assertThat(people(view, KeyRange.prefix(prefix))).containsExactly("ab", "abc");
            assertThat(people(view, KeyRange.within(prefix, ab))).containsExactly("abc");
            assertThat(people(view, KeyRange.within(prefix, b))).isEmpty();
            assertThat(people(view, KeyRange.startingAt(ab)))
                    .containsExactly("ab", "abc", "b", "ba");
            assertThat(people(view, KeyRange.after(ab))).containsExactly("abc", "b", "ba");
            assertThat(people(view, KeyRange.before(ab))).containsExactly("a");
            assertThat(people(view, new KeyRange(ab, b))).containsExactly("ab", "abc");
            assertThat(people(view, new KeyRange(b, ab))).isEmpty();
        }
        assertThat(people(store.begin(), new KeyRange(b, ab))).isEmpty();
    }

    private static List<String> people(Reads reads, KeyRange range) {
        return rows(reads, PEOPLE, range).stream().map(Row::key).toList();
    }

    @Test
    void prefetchedRowsAreThoseOfTheStore() {
        commit(batch -> batch.insert(PEOPLE, "ada", "London"));
        Batch batch = store.begin();
        batch.insert(PEOPLE, "bob", "Rome");
        batch.prefetch(PEOPLE, List.of("ada", "bob", "eve", "ada"));
        assertThat(batch.getAll(PEOPLE, List.of("ada", "bob", "eve")))
                .containsExactly(Optional.of("London"), Optional.of("Rome"), Optional.empty());
        batch.insert(PEOPLE, "eve", "Oslo");
        assertThat(batch.get(PEOPLE, "eve")).contains("Oslo");
    }

    @Test
    void aViewKeepsShowingItsCommit() {
        commit(batch -> {
            batch.insert(PEOPLE, "ada", "London");
            batch.insert(TOTALS, "people", 1L);
            batch.append(EVENTS, 1L, "one");
        });
        try (View before = store.view()) {
            Digest digest = before.digest();
            var scan = before.scan(PEOPLE, KeyRange.all());
            commit(batch -> {
                batch.update(PEOPLE, "ada", "Paris");
                batch.insert(PEOPLE, "bob", "Rome");
                batch.update(TOTALS, "people", 2L);
                batch.append(EVENTS, 2L, "two");
                batch.trim(EVENTS, 2L);
            });
            store.flush();
            assertThat(before.applied()).isEqualTo(at(1));
            assertThat(before.digest()).isEqualTo(digest);
            assertThat(before.get(PEOPLE, "ada")).contains("London");
            assertThat(before.get(TOTALS, "people")).contains(1L);
            assertThat(keys(before, EVENTS)).containsExactly(1L);
            assertThat(scan.next()).isEqualTo(new Row<>("ada", "London"));
            assertThat(scan.hasNext()).isFalse();
            scan.close();
        }
        assertThat(lastKeys(store, PEOPLE)).containsExactly("ada", "bob");
    }

    @Test
    void allValuesOfATableInMemoryAreTheSameListUntilARowIsChanged() {
        commit(batch -> {
            batch.insert(TOTALS, "cities", 2L);
            batch.insert(TOTALS, "people", 1L);
        });
        List<Long> values = totals();
        commit(batch -> batch.insert(PEOPLE, "ada", "London"));
        assertThat(totals()).isSameAs(values).containsExactly(2L, 1L);

        commit(batch -> batch.update(TOTALS, "cities", 3L));
        assertThat(totals()).containsExactly(3L, 1L);
        assertThat(values).containsExactly(2L, 1L);
    }

    private List<Long> totals() {
        try (View view = store.view()) {
            return view.values(TOTALS);
        }
    }

    @Test
    void manyRowsInOrderAreReadAsEachAlone() {
        commit(batch ->
                IntStream.range(0, 5_000)
                        .filter(i -> i % 7 != 3)
                        .forEach(i -> batch.insert(PEOPLE, person(i), "of " + i)));
        commit(batch ->
                IntStream.range(0, 5_000)
                        .filter(i -> i % 7 == 5)
                        .forEach(i -> batch.delete(PEOPLE, person(i))));
        try (View view = store.view()) {
            for (int apart : List.of(1, 2, 3, 5, 6, 20, 70)) {
                List<String> keys =
                        IntStream.range(0, 6_000 / apart).mapToObj(i -> person(i * apart)).toList();
                assertThat(view.getAll(PEOPLE, keys))
                        .as("%d apart", apart)
                        .isEqualTo(keys.stream().map(key -> view.get(PEOPLE, key)).toList());
            }
        }
    }

    private static String person(int number) {
        return "%05d".formatted(number);
    }

    @Test
    void aClosedViewCannotBeReadAndClosesTwice() {
        View view = store.view();
        view.close();
        view.close();
        assertThatThrownBy(() -> view.get(PEOPLE, "ada")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedStoreFailsEveryReadOfViewsThatAreStillOpen() {
        commit(batch -> batch.insert(PEOPLE, "ada", "London"));
        View view = store.view();
        var scan = view.scan(PEOPLE, KeyRange.all());
        Batch batch = store.begin();
        store.close();
        store.close();
        assertThatThrownBy(() -> view.get(PEOPLE, "ada")).isInstanceOf(StorageFailure.class);
        assertThatThrownBy(() -> batch.get(PEOPLE, "ada")).isInstanceOf(StorageFailure.class);
        assertThatThrownBy(() -> store.view()).isInstanceOf(StorageFailure.class);
        assertThatThrownBy(() -> store.begin()).isInstanceOf(StorageFailure.class);
        scan.close();
        view.close();
    }

    @Test
    void onlyTheLastBatchCanBeCommittedOnceAndAtALaterPosition() {
        Batch dropped = store.begin();
        Batch batch = store.begin();
        assertThatThrownBy(() -> store.commit(dropped, at(1)))
                .isInstanceOf(IllegalStateException.class);
        store.commit(batch, at(5));
        assertThatThrownBy(() -> store.commit(batch, at(6)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> batch.put(PEOPLE, "ada", "x"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.commit(store.begin(), at(5)))
                .isInstanceOf(CorruptDataException.class);
        assertThat(store.applied()).isEqualTo(at(5));
    }

    @Test
    void equalRowsOfTwoTablesDoNotCancelOut() {
        commit(batch -> batch.insert(PEOPLE, "a", "x"));
        Digest one = lastDigest(store);
        commit(batch -> batch.update(PEOPLE, "a", "y"));
        assertThat(lastDigest(store)).isNotEqualTo(one);
        commit(batch -> batch.put(POSTS, new Post("index", "rows")));
        commit(batch -> batch.update(PEOPLE, "a", "x"));
        assertThat(lastDigest(store)).isEqualTo(one);
        commit(batch -> batch.append(EVENTS, 1L, "x"));
        Digest logged = lastDigest(store);
        assertThat(logged.sameState(one)).isTrue();
        assertThat(logged).isNotEqualTo(one);
        assertThat(store.verify()).isEqualTo(logged);
    }

    @Test
    void aCheckpointOpensAsTheStoreAtItsCommit() {
        commit(batch -> {
            batch.insert(PEOPLE, "ada", "London");
            batch.insert(TOTALS, "people", 1L);
            batch.put(POSTS, new Post("London", "ada"));
            batch.append(EVENTS, 1L, "born");
        });
        Digest digest = lastDigest(store);
        assertThat(store.checkpoint(dir.resolve("checkpoint"))).isEqualTo(at(1));
        commit(batch -> batch.delete(PEOPLE, "ada"));
        try (Store copy = openCheckpoint(dir.resolve("checkpoint"), dir.resolve("copy"))) {
            assertThat(copy.applied()).isEqualTo(at(1));
            assertThat(copy.verify()).isEqualTo(digest);
            try (View view = copy.view()) {
                assertThat(view.get(PEOPLE, "ada")).contains("London");
                assertThat(view.get(TOTALS, "people")).contains(1L);
                assertThat(keys(view, POSTS)).containsExactly(new Post("London", "ada"));
                assertThat(keys(view, EVENTS)).containsExactly(1L);
            }
            assertThatThrownBy(() -> copy.begin().append(EVENTS, 1L, "again"))
                    .isInstanceOf(CorruptDataException.class);
        }
    }

    @Test
    void aCheckpointDoesNotReplaceAnything() {
        store.checkpoint(dir.resolve("checkpoint"));
        assertThatThrownBy(() -> store.checkpoint(dir.resolve("checkpoint")))
                .isInstanceOf(StoreRefusedException.class);
    }
}
