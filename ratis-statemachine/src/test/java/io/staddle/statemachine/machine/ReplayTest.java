package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.codec.CommandCodec;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.Proposal;
import io.staddle.api.model.Origin;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Digest;
import io.staddle.storage.HeapStore;
import io.staddle.storage.LogPosition;
import io.staddle.storage.RocksStore;
import io.staddle.storage.Store;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// I20: the same log gives the same digest at every index, on every store, however often it was
/// closed, copied or replayed, and whatever the process is set to. `-Dstaddle.seed=N` takes a seed.
final class ReplayTest {
    private static final long SEED = Long.getLong("staddle.seed", 20_261_121);
    private static final StoreIdentity IDENTITY = new StoreIdentity("test");
    private static final StoreOptions OPTIONS =
            StoreOptions.DEFAULTS.withBytes(4 << 20, 4 << 20).withVerifyOnOpen(false);

    private static final List<Command> LEVEL =
            List.of(new AdminCommand.RaiseFeatureLevel(Levels.NEWEST));

    @TempDir private Path directory;

    /// A log, and the digest after each of its entries.
    private record Log(List<byte[]> entries, List<Digest> digests) {
        Digest digest(int at) {
            return digests.get(at);
        }
    }

    @Test
    void memoryAndDiskAgreeOverRestartsAndSnapshotsAtRandom() {
        Log log = log(SEED, 120, 6);
        SplittableRandom random = new SplittableRandom(SEED);
        Server server = new Server(directory.resolve("random"));
        for (int i = 0; i < log.entries().size(); i++) {
            server.applyFrom(Math.max(0, i - random.nextInt(3)), i, log);
            assertThat(server.digest()).as("seed %s, entry %s", SEED, i).isEqualTo(log.digest(i));
            switch (random.nextInt(12)) {
                case 0 -> server.restart();
                case 1 -> server.installOwnSnapshot();
                default -> {}
            }
        }
        server.close();
    }

    @Test
    void memoryAndDiskAgreeOverARestartAndASnapshotAtEveryIndex() {
        Log log = log(SEED + 1, 16, 6);
        Server server = new Server(directory.resolve("every"));
        for (int i = 0; i < log.entries().size(); i++) {
            server.applyFrom(0, i, log);
            server.restart();
            assertThat(server.digest()).isEqualTo(log.digest(i));
            server.installOwnSnapshot();
            assertThat(server.digest()).isEqualTo(log.digest(i));
            assertThat(server.verified()).isEqualTo(log.digest(i));
        }
        server.close();
    }

    @Test
    void localeAndTimeZoneOfTheProcessDoNotMatter() {
        Log log = log(SEED + 2, 150, 5);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-nu-thai-ca-buddhist")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
                assertThat(log(SEED + 2, 150, 5).digests()).isEqualTo(log.digests());
                assertThat(replayed(log.entries())).isEqualTo(log.digests());
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void howCommandsAreGroupedIntoEntriesDoesNotChangeWhoOwnsWhat() {
        Log log = log(SEED + 3, 80, 8);
        HeapStore store = HeapStore.create(Schema.TABLES);
        Machine machine = new Machine(store);
        long index = 0;
        for (int i = 0; i < log.entries().size(); i++) {
            Entry entry = EntryCodec.decode(ByteBuffer.wrap(log.entries().get(i)));
            for (Proposal proposal : entry.proposals()) {
                Entry alone = new Entry(entry.stampMillis(), List.of(proposal));
                machine.apply(new LogPosition(term(i), ++index), alone);
            }
        }
        assertThat(owners(store)).isEqualTo(owners(store(log.entries())));
    }

    /// The log is in the repository: a rule that changes for old logs shows here.
    @Test
    void anOldLogStillGivesItsDigests() throws IOException {
        Log log = log(7, 60, 3);
        List<String> lines =
                IntStream.range(0, 60)
                        .mapToObj(i ->
                                HexFormat.of().formatHex(log.entries().get(i))
                                        + " "
                                        + log.digests().get(i))
                        .toList();
        Files.write(Path.of("target", "old-log.txt"), lines);
        List<String[]> old =
                Resources.lines("old-log.txt").stream().map(line -> line.split(" ", -1)).toList();
        assertThat(old).isNotEmpty();
        List<byte[]> entries = old.stream().map(e -> HexFormat.of().parseHex(e[0])).toList();
        assertThat(replayed(entries).stream().map(Digest::toString).toList())
                .isEqualTo(old.stream().map(each -> each[1]).toList());
    }

    private static List<String> owners(Store store) {
        try (View view = store.view()) {
            var queries = new Queries(view);
            return RandomCommands.GRAINS.stream()
                    .map(queries::lookup)
                    .map(owned -> owned.grain() + " " + owned.owner() + " " + owned.epoch())
                    .toList();
        }
    }

    /// Makes a log of random commands, each made for the state that it meets, in groups.
    private static Log log(long seed, int entries, int commandsMax) {
        SplittableRandom random = new SplittableRandom(seed);
        HeapStore store = HeapStore.create(Schema.TABLES);
        Machine machine = new Machine(store);
        Log log = new Log(new ArrayList<>(), new ArrayList<>());
        long clock = 1_000_000;
        for (int i = 0; i < entries; i++) {
            // A new leader's clock may be behind.
            clock += random.nextLong(600) - 50;
            List<io.staddle.api.v1.Command> commands = new ArrayList<>();
            try (View view = store.view()) {
                if (i == 0) {
                    Stream.concat(RandomMigrations.beginning().stream(), LEVEL.stream())
                            .map(command -> CommandCodec.encode(command, Origin.NONE))
                            .forEach(commands::add);
                }
                for (int n = random.nextInt(commandsMax + 1); n > 0 && i > 0; n--) {
                    Origin origin = n % 2 == 0 ? Origin.NONE : new Origin("op", "drill", "r" + n);
                    Command command = command(random, view, clock);
                    long bound = command.isOfLeader() ? term(i) : 0;
                    commands.add(CommandCodec.encode(new Proposal(command, origin, bound)));
                }
            }
            log.entries().add(EntryCodec.encode(clock, commands));
            apply(machine, i, log.entries().get(i));
            log.digests().add(digest(store));
        }
        return log;
    }

    private static Command command(SplittableRandom random, View view, long clock) {
        return switch (random.nextInt(8)) {
            case 0 -> RandomCommands.nextOfClusters(random, view, 8);
            case 6, 7 -> new RandomBarriers(random, view).next();
            case 1, 2 -> RandomCommands.next(random, view, 2);
            default -> new RandomMigrations(random, view, clock).next();
        };
    }

    private static List<Digest> replayed(List<byte[]> entries) {
        HeapStore store = HeapStore.create(Schema.TABLES);
        Machine machine = new Machine(store);
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            apply(machine, i, entries.get(i));
            digests.add(digest(store));
        }
        return digests;
    }

    private static Store store(List<byte[]> entries) {
        HeapStore store = HeapStore.create(Schema.TABLES);
        Machine machine = new Machine(store);
        IntStream.range(0, entries.size()).forEach(i -> apply(machine, i, entries.get(i)));
        return store;
    }

    private static int apply(Machine machine, int at, byte[] bytes) {
        Entry entry = EntryCodec.decode(ByteBuffer.wrap(bytes));
        return machine.apply(new LogPosition(term(at), at + 1), entry).size();
    }

    private static long term(int at) {
        return 1L + at / 50;
    }

    private static Digest digest(Store store) {
        try (View view = store.view()) {
            return view.digest();
        }
    }

    /// A server's store on disk, that can be closed, opened again, and replaced by its snapshot.
    private static final class Server {
        private final Path directory;
        private RocksStore store;
        private Machine machine;
        private int snapshots;

        Server(Path directory) {
            this.directory = directory;
            store = RocksStore.create(directory, Schema.TABLES, IDENTITY, OPTIONS);
            machine = new Machine(store);
        }

        /// Applies again what it has, as Ratis does after a restart, and then entry `to`.
        void applyFrom(int from, int to, Log log) {
            for (int i = from; i < to; i++) {
                Digest before = digest();
                assertThat(apply(machine, i, log.entries().get(i))).isZero();
                assertThat(digest()).isEqualTo(before);
            }
            apply(machine, to, log.entries().get(to));
        }

        Digest digest() {
            return ReplayTest.digest(store);
        }

        Digest verified() {
            return store.verify();
        }

        void restart() {
            store.close();
            open();
        }

        void installOwnSnapshot() {
            Path snapshot = directory.resolveSibling("snapshot-" + ++snapshots);
            LogPosition taken = store.checkpoint(snapshot);
            store.close();
            assertThat(RocksStore.install(snapshot, directory, IDENTITY)).isEqualTo(taken);
            open();
        }

        void close() {
            store.close();
        }

        private void open() {
            store = RocksStore.open(directory, Schema.TABLES, IDENTITY, OPTIONS);
            machine = new Machine(store);
        }
    }
}
