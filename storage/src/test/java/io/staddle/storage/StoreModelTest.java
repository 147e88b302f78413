package io.staddle.storage;

import static io.staddle.storage.Fixture.EVENTS;
import static io.staddle.storage.Fixture.LETTERS;
import static io.staddle.storage.Fixture.OWNER;
import static io.staddle.storage.Fixture.PEOPLE;
import static io.staddle.storage.Fixture.POSTS;
import static io.staddle.storage.Fixture.SMALL;
import static io.staddle.storage.Fixture.TABLES;
import static io.staddle.storage.Fixture.TOTALS;
import static io.staddle.storage.Fixture.at;
import static io.staddle.storage.Fixture.lastDigest;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.storage.Fixture.Letter;
import io.staddle.storage.Fixture.Post;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Random writes to both stores and to plain sorted maps, which must agree after every commit.
final class StoreModelTest {
    private static final int NAMES = 40;
    private static final int COMMITS = 400;

    /// The same tables as plain maps. Names are letters, so the orders of text and bytes agree.
    private static final class Model {
        final SortedMap<String, String> people = new TreeMap<>();
        final SortedMap<String, Long> totals = new TreeMap<>();
        final SortedSet<Post> posts =
                new TreeSet<>(Comparator.comparing(Post::city).thenComparing(Post::person));
        final SortedMap<Long, String> events = new TreeMap<>();
        long lastEvent;
        final SortedMap<String, SortedMap<Long, String>> letters = new TreeMap<>();
        final SortedMap<String, Long> lastLetters = new TreeMap<>();
    }

    @TempDir Path dir;
    private final Random random = new Random(Fixture.seed());
    private final Model model = new Model();

    @Test
    void bothStoresAgreeWithPlainMapsHoweverCommitsAreGrouped() {
        HeapStore heap = HeapStore.create(TABLES);
        HeapStore oneByOne = HeapStore.create(TABLES);
        Store rocks = RocksStore.create(dir.resolve("store"), TABLES, OWNER, SMALL);
        long single = 0;
        for (long index = 1; index <= COMMITS; index++) {
            List<Consumer<Batch>> writes = new ArrayList<>();
            Batch onHeap = heap.begin();
            Batch onDisk = rocks.begin();
            for (int i = random.nextInt(12); i >= 0; i--) {
                Consumer<Batch> write = write();
                writes.add(write);
                write.accept(onHeap);
                write.accept(onDisk);
                if (random.nextInt(4) == 0) {
                    assertAgrees(onHeap);
                    assertAgrees(onDisk);
                }
            }
            heap.commit(onHeap, at(index));
            rocks.commit(onDisk, at(index));
            for (Consumer<Batch> write : writes) {
                Batch batch = oneByOne.begin();
                write.accept(batch);
                oneByOne.commit(batch, at(++single));
            }
            rocks = disturbed(rocks, index);
            assertSame(heap, rocks);
            assertThat(lastDigest(oneByOne)).isEqualTo(lastDigest(heap));
        }
        assertThat(rocks.verify()).isEqualTo(heap.verify());
        rocks.close();
    }

    private Store disturbed(Store rocks, long index) {
        switch (random.nextInt(20)) {
            case 0 -> rocks.flush();
            case 1 -> {
                rocks.close();
                return RocksStore.open(dir.resolve("store"), TABLES, OWNER, SMALL);
            }
            case 2 -> {
                Path checkpoint = dir.resolve("checkpoint-" + index);
                rocks.checkpoint(checkpoint);
                rocks.close();
                RocksStore.install(checkpoint, dir.resolve("store"), OWNER);
                return RocksStore.open(dir.resolve("store"), TABLES, OWNER, SMALL);
            }
            default -> {}
        }
        return rocks;
    }

    private void assertSame(Store heap, Store rocks) {
        try (View onHeap = heap.view();
                View onDisk = rocks.view()) {
            assertAgrees(onHeap);
            assertAgrees(onDisk);
            assertThat(onDisk.digest()).isEqualTo(onHeap.digest());
            assertThat(onDisk.applied()).isEqualTo(onHeap.applied());
        }
    }

    private void assertAgrees(Reads reads) {
        assertThat(Fixture.rows(reads, PEOPLE)).isEqualTo(rows(model.people));
        assertThat(Fixture.rows(reads, TOTALS)).isEqualTo(rows(model.totals));
        assertThat(Fixture.keys(reads, POSTS)).isEqualTo(List.copyOf(model.posts));
        assertThat(Fixture.rows(reads, EVENTS)).isEqualTo(rows(model.events));
        assertThat(Fixture.rows(reads, LETTERS)).isEqualTo(letters());
        String name = name();
        assertThat(reads.get(PEOPLE, name).orElse(""))
                .isEqualTo(model.people.getOrDefault(name, ""));
        assertThat(reads.get(TOTALS, name).orElse(-1L))
                .isEqualTo(model.totals.getOrDefault(name, -1L));
        assertThat(reads.get(POSTS, new Post(name, name)).isPresent())
                .isEqualTo(model.posts.contains(new Post(name, name)));
        KeyRange range = new KeyRange(Keys.TEXT.encode(name), Keys.TEXT.encode(name + "zz"));
        assertThat(Fixture.rows(reads, PEOPLE, range))
                .isEqualTo(rows(model.people.subMap(name, name + "zz")));
        long event = random.nextLong(model.lastEvent + 2);
        assertThat(reads.get(EVENTS, event).orElse(""))
                .isEqualTo(model.events.getOrDefault(event, ""));
        assertThat(Fixture.rows(reads, EVENTS, KeyRange.startingAt(Keys.NUMBER.encode(event))))
                .isEqualTo(rows(model.events.tailMap(event)));
    }

    private Consumer<Batch> write() {
        String name = name();
        String value = "v" + random.nextInt(5);
        long number = random.nextLong(5);
        return switch (random.nextInt(10)) {
            case 0, 1 -> people(name, value);
            case 8 -> enqueue("box" + random.nextInt(3), value);
            case 9 -> drop("box" + random.nextInt(3));
            case 2 -> totals(name, number);
            case 3 -> {
                model.posts.add(new Post(value, name));
                yield batch -> batch.put(POSTS, new Post(value, name));
            }
            case 4 -> {
                model.posts.remove(new Post(value, name));
                yield batch -> batch.remove(POSTS, new Post(value, name));
            }
            case 5 -> trim(model.lastEvent - random.nextLong(20));
            case 6 -> {
                model.people.put(name, value);
                yield batch -> {
                    batch.prefetch(PEOPLE, List.of(name, value, name));
                    batch.put(PEOPLE, name, value);
                };
            }
            case 7 -> {
                long key = model.lastEvent += 1 + random.nextLong(3);
                model.events.put(key, value);
                yield batch -> batch.append(EVENTS, key, value);
            }
            default -> throw new IllegalStateException();
        };
    }

    private Consumer<Batch> enqueue(String box, String value) {
        long first = model.lastLetters.getOrDefault(box, 0L) + 1;
        int count = random.nextInt(8) == 0 ? 100 : 1;
        model.lastLetters.put(box, first + count - 1);
        for (long each = first; each < first + count; each++) {
            model.letters.computeIfAbsent(box, _ -> new TreeMap<>()).put(each, value);
        }
        return batch -> {
            for (long each = first; each < first + count; each++) {
                batch.enqueue(LETTERS, new Letter(box, each), value);
            }
        };
    }

    private Consumer<Batch> drop(String box) {
        SortedMap<Long, String> letters = model.letters.computeIfAbsent(box, _ -> new TreeMap<>());
        long first = letters.isEmpty() ? 1 : letters.firstKey();
        long to = first + random.nextInt(random.nextBoolean() ? 3 : 150);
        letters.headMap(to).clear();
        return batch -> batch.drop(LETTERS, Fixture.letters(box, first, to));
    }

    private List<Row<Letter, String>> letters() {
        List<Row<Letter, String>> rows = new ArrayList<>();
        model.letters.forEach((box, letters) ->
                letters.forEach(
                        (number, text) -> rows.add(new Row<>(new Letter(box, number), text))));
        return rows;
    }

    private Consumer<Batch> people(String name, String value) {
        if (!model.people.containsKey(name)) {
            model.people.put(name, value);
            return batch -> batch.insert(PEOPLE, name, value);
        }
        if (random.nextBoolean()) {
            model.people.remove(name);
            return batch -> batch.delete(PEOPLE, name);
        }
        model.people.put(name, value);
        return batch -> batch.update(PEOPLE, name, value);
    }

    private Consumer<Batch> totals(String name, long number) {
        if (model.totals.containsKey(name) && random.nextBoolean()) {
            model.totals.remove(name);
            return batch -> batch.delete(TOTALS, name);
        }
        model.totals.put(name, number);
        return batch -> batch.put(TOTALS, name, number);
    }

    private Consumer<Batch> trim(long before) {
        long key = Math.max(0, before);
        model.events.headMap(key).clear();
        return batch -> batch.trim(EVENTS, key);
    }

    private String name() {
        int number = random.nextInt(NAMES);
        return "" + (char) ('a' + number % 26) + (number < 26 ? "" : "z");
    }

    private static <K, V> List<Row<K, V>> rows(SortedMap<K, V> map) {
        return map.entrySet().stream().map(e -> new Row<>(e.getKey(), e.getValue())).toList();
    }
}
