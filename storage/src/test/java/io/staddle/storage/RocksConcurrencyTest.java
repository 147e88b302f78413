package io.staddle.storage;

import static io.staddle.storage.Fixture.EVENTS;
import static io.staddle.storage.Fixture.OWNER;
import static io.staddle.storage.Fixture.PEOPLE;
import static io.staddle.storage.Fixture.SMALL;
import static io.staddle.storage.Fixture.TABLES;
import static io.staddle.storage.Fixture.TOTALS;
import static io.staddle.storage.Fixture.at;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Readers beside the writer and beside a close; a use of freed memory would end the JVM.
final class RocksConcurrencyTest {
    private static final int PEOPLE_COUNT = 10;
    private static final int READERS = 3;
    private static final int COMMITS = 400;

    @TempDir Path dir;

    @RepeatedTest(10)
    void viewsShowOneCommitWholeUntilTheStoreIsClosedUnderThem() throws Exception {
        Store store = RocksStore.create(dir.resolve("home"), TABLES, OWNER, SMALL);
        write(store, 1);
        CountDownLatch reading = new CountDownLatch(READERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> readUntilClosed(store, reading)));
            }
            reading.await();
            for (long index = 2; index <= COMMITS; index++) {
                write(store, index);
            }
            store.close();
            for (Future<?> reader : readers) {
                assertThatThrownBy(reader::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(StorageFailure.class);
            }
        }
    }

    @Test
    void aViewSharedByThreadsCanBeClosedUnderThem() throws Exception {
        try (Store store = RocksStore.create(dir.resolve("home"), TABLES, OWNER, SMALL);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            write(store, 1);
            for (int round = 0; round < 200; round++) {
                View view = store.view();
                write(store, 2 + round);
                CountDownLatch reading = new CountDownLatch(1);
                Future<?> reader =
                        threads.submit(() -> {
                            while (true) {
                                view.get(PEOPLE, "person 0");
                                reading.countDown();
                            }
                        });
                reading.await();
                view.close();
                assertThatThrownBy(reader::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfAny(IllegalStateException.class, StorageFailure.class);
            }
        }
    }

    private static void write(Store store, long index) {
        Batch batch = store.begin();
        for (int i = 0; i < PEOPLE_COUNT; i++) {
            batch.put(PEOPLE, "person " + i, "at " + index);
        }
        batch.put(TOTALS, "index", index);
        batch.append(EVENTS, index, "event");
        store.commit(batch, at(index));
    }

    private static void readUntilClosed(Store store, CountDownLatch reading) {
        long seen = 0;
        while (true) {
            try (View view = store.view()) {
                long index = view.applied().index();
                assertThat(index).isGreaterThanOrEqualTo(seen);
                seen = index;
                assertThat(view.get(TOTALS, "index")).contains(index);
                assertThat(Fixture.rows(view, PEOPLE))
                        .hasSize(PEOPLE_COUNT)
                        .allMatch(row -> row.value().equals("at " + index));
                assertThat(view.get(EVENTS, index)).isPresent();
                assertThat(view.get(EVENTS, index + 1)).isEmpty();
                reading.countDown();
            }
        }
    }
}
