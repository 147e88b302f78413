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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What is left when a process ends in the middle, and what a checkpoint holds that others wrote
/// into.
final class RocksCrashTest {
    private static final int PEOPLE_COUNT = 200;

    @TempDir Path dir;

    /// Commits for ever and prints each thousandth index; to be killed.
    public static final class Writer {
        private Writer() {}

        /// Writes to a new store.
        ///
        /// @param args the directory
        public static void main(String[] args) {
            Store store = RocksStore.create(Path.of(args[0]), TABLES, OWNER, SMALL);
            for (long index = 1; index > 0; index++) {
                write(store, index);
                if (index % 7000 == 0) {
                    store.flush();
                }
                if (index % 1000 == 0) {
                    System.out.println(index);
                }
            }
        }
    }

    private static void write(Store store, long index) {
        Batch batch = store.begin();
        batch.put(TOTALS, "index", index);
        batch.put(PEOPLE, "person " + index % PEOPLE_COUNT, "x".repeat(500) + index);
        batch.append(EVENTS, index, "event " + index);
        if (index > 10) {
            batch.trim(EVENTS, index - 10);
        }
        store.commit(batch, at(index));
    }

    /// Makes sure that the rows are those of the position, all of them.
    private static long assertWhole(Store store) {
        store.verify();
        try (View view = store.view()) {
            long index = view.applied().index();
            if (index > 0) {
                assertThat(view.get(TOTALS, "index")).contains(index);
                assertThat(Fixture.keys(view, EVENTS).getLast()).isEqualTo(index);
                assertThat(Fixture.keys(view, EVENTS).getFirst())
                        .isEqualTo(Math.max(1, index - 10));
            }
            for (long i = Math.max(1, index - PEOPLE_COUNT + 1); i <= index; i++) {
                assertThat(view.get(PEOPLE, "person " + i % PEOPLE_COUNT))
                        .isEqualTo(Optional.of("x".repeat(500) + i));
            }
            return index;
        }
    }

    @Test
    void aKilledProcessLeavesTheStoreAtOneCommitNotBeforeTheLastFlush() throws Exception {
        Path home = dir.resolve("home");
        Path temporary = Files.createDirectory(dir.resolve("tmp"));
        long kill = 8_000 + new Random(Fixture.seed()).nextInt(10) * 1000L;
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Writer.class.getName(),
                                home.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (Long.parseLong(line) < kill) {
                line = lines.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (Store store = RocksStore.open(home, TABLES, OWNER, SMALL)) {
            long index = assertWhole(store);
            assertThat(index).isGreaterThanOrEqualTo(kill / 7000 * 7000);
            write(store, index + 1);
        }
        assertThat(Directories.names(temporary)).as("what the killed process left").isEmpty();
    }

    @Test
    void aCopyMadeWithoutClosingIsTheStoreAtItsLastFlush() throws IOException {
        try (Store store = RocksStore.create(dir.resolve("home"), TABLES, OWNER, SMALL)) {
            for (long index = 1; index <= 10; index++) {
                write(store, index);
                if (index == 6) {
                    store.flush();
                }
            }
            copy(dir.resolve("home/data-1"), dir.resolve("copy"));
            Files.copy(dir.resolve("home/STORE"), dir.resolve("copy/STORE"));
        }
        try (Store copy = RocksStore.open(dir.resolve("copy"), TABLES, OWNER, SMALL)) {
            assertThat(assertWhole(copy)).isEqualTo(6);
        }
        try (Store store = RocksStore.open(dir.resolve("home"), TABLES, OWNER, SMALL)) {
            assertThat(assertWhole(store)).isEqualTo(10);
        }
    }

    /// Copies a database as it is at one moment: again if a compaction changed its files meanwhile.
    private static void copy(Path from, Path to) throws IOException {
        List<String> before;
        do {
            before = Directories.names(from);
            Directories.delete(to);
            Files.createDirectory(to);
            try {
                Directories.copy(from, to.resolve("data-1"));
            } catch (NoSuchFileException e) {
                before = List.of();
            }
        } while (!Directories.names(from).equals(before));
    }

    @Test
    void aCheckpointMadeWhileCommitsGoOnHoldsExactlyOneOfThem() throws Exception {
        try (Store store = RocksStore.create(dir.resolve("home"), TABLES, OWNER, SMALL)) {
            Thread writer =
                    Thread.ofPlatform()
                            .start(() -> {
                                for (long index = 1;
                                        !Thread.currentThread().isInterrupted();
                                        index++) {
                                    write(store, index);
                                }
                            });
            try {
                for (int i = 0; i < 8; i++) {
                    Path target = dir.resolve("checkpoint-" + i);
                    LogPosition before = store.applied();
                    LogPosition position = store.checkpoint(target);
                    assertThat(position).isGreaterThanOrEqualTo(before);
                    try (Store copy = RocksStore.open(target, TABLES, OWNER, SMALL)) {
                        assertThat(copy.applied()).isEqualTo(position);
                        assertWhole(copy);
                    }
                }
            } finally {
                writer.interrupt();
                writer.join();
            }
        }
    }

    @Test
    void anInstallationCutOffBeforeTheSwitchLeavesTheOldContent() throws IOException {
        Path home = dir.resolve("home");
        try (Store store = RocksStore.create(home, TABLES, OWNER, SMALL)) {
            write(store, 1);
            store.checkpoint(dir.resolve("checkpoint"));
            write(store, 2);
        }
        // What a crash leaves: part of the new database, and the new mark not yet renamed.
        Files.createDirectory(home.resolve("data-2"));
        Files.writeString(home.resolve("data-2/CURRENT"), "cut off");
        Files.writeString(home.resolve("STORE.tmp"), "cut off");
        try (Store store = RocksStore.open(home, TABLES, OWNER, SMALL)) {
            assertThat(assertWhole(store)).isEqualTo(2);
            assertThat(Directories.names(home)).containsExactly("STORE", "data-1");
        }
        assertThat(RocksStore.install(dir.resolve("checkpoint"), home, OWNER)).isEqualTo(at(1));
        try (Store store = RocksStore.open(home, TABLES, OWNER, SMALL)) {
            assertThat(assertWhole(store)).isEqualTo(1);
            assertThat(Directories.names(home)).containsExactly("STORE", "data-2");
        }
        Files.delete(home.resolve("STORE"));
        RocksStore.install(dir.resolve("checkpoint"), home, OWNER);
        RocksStore.open(home, TABLES, OWNER, SMALL).close();
    }

    @Test
    void anInstallationTouchesNoDirectoryThatIsNotAStore() throws IOException {
        try (Store store = RocksStore.create(dir.resolve("home"), TABLES, OWNER, SMALL)) {
            store.checkpoint(dir.resolve("checkpoint"));
        }
        Files.createDirectory(dir.resolve("letters"));
        Files.writeString(dir.resolve("letters/to-ada"), "Dear Ada");
        assertThatThrownBy(() ->
                        RocksStore.install(
                                dir.resolve("checkpoint"), dir.resolve("letters"), OWNER))
                .isInstanceOf(StoreRefusedException.class);
        assertThat(Directories.names(dir.resolve("letters"))).containsExactly("to-ada");
    }
}
