package io.staddle.statemachine.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.AdminCommand.PutConfig;
import io.staddle.api.command.AdminCommand.RaiseFeatureLevel;
import io.staddle.api.command.ClusterCommand.Register;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand.Acquire;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.statemachine.machine.Entry;
import io.staddle.statemachine.machine.Invariants;
import io.staddle.statemachine.machine.Machine;
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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The bound of history in bytes, in memory and on a disk that is opened again.
final class HistoryBytesTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final StoreIdentity IDENTITY = new StoreIdentity("test");
    private static final StoreOptions OPTIONS =
            StoreOptions.DEFAULTS.withBytes(4 << 20, 4 << 20).withVerifyOnOpen(false);

    /// How many entries with one grain each come after the beginning.
    private static final int ENTRIES = 60;

    /// What there is before the bound is set, and is counted.
    private static final int BEGINNING = 3;

    @TempDir private Path directory;

    @Test
    void atItsBoundNothingGoesAndOneByteAboveItATenthDoes() {
        long[] bytes = bytesAfterEachEntry(HeapStore.create(Schema.TABLES), 99_999);
        assertThat(bytes[ENTRIES]).isBetween(10_000L, 99_999L);

        HeapStore atBound = HeapStore.create(Schema.TABLES);
        assertThat(bytesAfterEachEntry(atBound, bytes[ENTRIES])).isEqualTo(bytes);
        assertThat(firstKept(atBound)).isZero();

        HeapStore oneBelow = HeapStore.create(Schema.TABLES);
        long bound = bytes[ENTRIES] - 1;
        long kept = bytesAfterEachEntry(oneBelow, bound)[ENTRIES];
        assertThat(kept).isLessThanOrEqualTo(bound - bound / 10);
        // And no entry more than had to.
        long lastGone = firstKept(oneBelow) - BEGINNING;
        long oneEntry = bytes[(int) lastGone] - bytes[(int) lastGone - 1];
        assertThat(kept + oneEntry).isGreaterThan(bound - bound / 10);
    }

    @Test
    void diskAndMemoryTrimAtTheSameEntryOverRestarts() {
        long bound = bytesAfterEachEntry(HeapStore.create(Schema.TABLES), 99_999)[ENTRIES / 3];
        HeapStore memory = HeapStore.create(Schema.TABLES);
        RocksStore disk = RocksStore.create(directory, Schema.TABLES, IDENTITY, OPTIONS);
        int trims = 0;
        for (int i = 0; i <= BEGINNING + ENTRIES; i++) {
            long before = firstKept(memory);
            apply(memory, i, bound);
            apply(disk, i, bound);
            if (i % 20 == 0) {
                disk.close();
                disk = RocksStore.open(directory, Schema.TABLES, IDENTITY, OPTIONS);
            }
            assertThat(digest(disk)).as("entry %s", i).isEqualTo(digest(memory));
            assertThat(bytes(disk)).isEqualTo(bytes(memory)).isLessThanOrEqualTo(bound);
            assertThat(violations(memory)).isEmpty();
            trims += firstKept(memory) > before ? 1 : 0;
        }
        disk.close();
        // A tenth at a time: not at each entry.
        assertThat(trims).isBetween(3, ENTRIES / 2);
    }

    @Test
    void theNewestEntryStaysHoweverLarge() {
        HeapStore store = HeapStore.create(Schema.TABLES);
        bytesAfterEachEntry(store, 1);
        assertThat(bytes(store)).isGreaterThan(1);
        assertThat(firstKept(store)).isEqualTo(BEGINNING + ENTRIES);
    }

    @Test
    void whatCameBeforeTheFeatureLevelCountsNothingAndGoesFirst() {
        HeapStore store = HeapStore.create(Schema.TABLES);
        apply(store, 0, List.of(new Register(EU, profile(), ClusterState.HEALTHY)));
        for (int i = 1; i <= 20; i++) {
            apply(store, i, List.of(acquire(i)));
        }
        assertThat(bytes(store)).isZero();
        apply(store, 21, List.of(new RaiseFeatureLevel(Levels.HISTORY_BYTES)));
        apply(store, 22, List.of(bounded(2_000)));
        assertThat(firstKept(store)).isZero();
        int i = 23;
        while (firstKept(store) == 0) {
            apply(store, i, List.of(acquire(i)));
            assertThat(violations(store)).isEmpty();
            i++;
        }
        assertThat(firstKept(store)).isGreaterThan(20);
        assertThat(bytes(store)).isBetween(1_200L, 1_800L);
    }

    private static long[] bytesAfterEachEntry(Store store, long bound) {
        IntStream.range(0, BEGINNING).forEach(i -> apply(store, i, bound));
        return IntStream.rangeClosed(0, ENTRIES)
                .mapToLong(i -> {
                    apply(store, BEGINNING + i, bound);
                    return bytes(store);
                })
                .toArray();
    }

    private static void apply(Store store, int index, long bound) {
        Command command =
                switch (index) {
                    case 0 -> new RaiseFeatureLevel(Levels.NEWEST);
                    case 1 -> bounded(bound);
                    case 2 -> new Register(EU, profile(), ClusterState.HEALTHY);
                    default -> acquire(index);
                };
        apply(store, index, List.of(command));
    }

    private static void apply(Store store, long index, List<Command> commands) {
        Entry entry = new Entry(1_000, commands.stream().map(Proposal::of).toList());
        assertThat(new Machine(store).apply(new LogPosition(1, index), entry))
                .allSatisfy(each -> assertThat(each.toString()).contains("Done"));
    }

    private static PutConfig bounded(long bytes) {
        return new PutConfig(Map.of("history.bytes-max", "" + bytes), 1);
    }

    private static ClusterProfile profile() {
        return new ClusterProfile("", "", 0, true);
    }

    private static Acquire acquire(int number) {
        String key = "k%03d".formatted(number).repeat(40);
        return new Acquire(new GrainId(new GrainType("t"), key), EU, 0);
    }

    private static long bytes(Store store) {
        try (View view = store.view()) {
            return HistoryBytes.kept(view);
        }
    }

    private static long firstKept(Store store) {
        try (View view = store.view()) {
            return new Queries(view).events(0, 1_000_000).firstKept();
        }
    }

    private static Digest digest(Store store) {
        try (View view = store.view()) {
            return view.digest();
        }
    }

    private static List<String> violations(Store store) {
        try (View view = store.view()) {
            return Invariants.violations(view);
        }
    }
}
