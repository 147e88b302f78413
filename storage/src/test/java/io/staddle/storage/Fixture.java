package io.staddle.storage;

import java.util.ArrayList;
import java.util.List;

/// Tables to try a store with, one of each kind.
final class Fixture {
    record Post(String city, String person) {}

    record Letter(String box, long number) {}

    static final Table<String, String> PEOPLE = Table.rows("people", Keys.TEXT, Keys.TEXT);
    static final Table<String, Long> TOTALS = Table.resident("totals", Keys.TEXT, Keys.NUMBER);
    static final Table<Post, Present> POSTS =
            Table.index(
                    "posts", Keys.pair(Keys.TEXT, Post::city, Keys.TEXT, Post::person, Post::new));
    static final Table<Long, String> EVENTS = Table.log("events", Keys.NUMBER, Keys.TEXT);
    static final Table<Letter, String> LETTERS =
            Table.queue(
                    "letters",
                    Keys.pair(Keys.TEXT, Letter::box, Keys.NUMBER, Letter::number, Letter::new),
                    Keys.TEXT);
    static final List<Table<?, ?>> TABLES = List.of(PEOPLE, TOTALS, POSTS, EVENTS, LETTERS);
    static final StoreIdentity OWNER = new StoreIdentity("the fixture");
    static final StoreOptions SMALL = StoreOptions.DEFAULTS.withBytes(2 << 20, 2 << 20);

    private Fixture() {}

    /// Returns the range of the letters in a box from one number to another, which is not in it.
    static KeyRange letters(String box, long from, long to) {
        return new KeyRange(
                LETTERS.keys().encode(new Letter(box, from)),
                LETTERS.keys().encode(new Letter(box, to)));
    }

    static LogPosition at(long index) {
        return new LogPosition(1, index);
    }

    /// Returns the seed given with `-Dstaddle.seed=`, or a new one, and prints it.
    static long seed() {
        long seed = Long.getLong("staddle.seed", System.nanoTime());
        System.out.println("-Dstaddle.seed=" + seed);
        return seed;
    }

    static <K, V> List<Row<K, V>> rows(Reads reads, Table<K, V> table, KeyRange range) {
        List<Row<K, V>> rows = new ArrayList<>();
        try (Cursor<K, V> cursor = reads.scan(table, range)) {
            cursor.forEachRemaining(rows::add);
        }
        return rows;
    }

    static <K, V> List<Row<K, V>> rows(Reads reads, Table<K, V> table) {
        return rows(reads, table, KeyRange.all());
    }

    static <K> List<K> keys(Reads reads, Table<K, ?> table) {
        return rows(reads, table).stream().<K>map(Row::key).toList();
    }

    static <K> List<K> lastKeys(Store store, Table<K, ?> table) {
        try (View view = store.view()) {
            return keys(view, table);
        }
    }

    static Digest lastDigest(Store store) {
        try (View view = store.view()) {
            return view.digest();
        }
    }
}
