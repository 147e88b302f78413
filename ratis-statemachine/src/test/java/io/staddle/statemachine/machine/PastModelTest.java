package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.Revision;
import io.staddle.api.query.Moment;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.past.Past;
import io.staddle.statemachine.past.Resolution;
import io.staddle.statemachine.past.UndoIndex;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.Versioned;
import io.staddle.storage.HeapStore;
import io.staddle.storage.KeyRange;
import io.staddle.storage.LogPosition;
import io.staddle.storage.RocksStore;
import io.staddle.storage.Row;
import io.staddle.storage.Store;
import io.staddle.storage.StoreIdentity;
import io.staddle.storage.StoreOptions;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Random entries of one or several commands, and every state that was, read from the last one,
/// against [Copies]. `-Dstaddle.seed=N` runs one seed again.
final class PastModelTest {
    private static final long FIRST_SEED = 6_000;
    private static final int SEEDS = 5;
    private static final int ENTRIES = 70;

    @TempDir private Path directory;

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> met = new TreeMap<>();

    /// Moments that were over when they were asked for, and which state they were.
    private final Map<Moment, Revision> over = new LinkedHashMap<>();

    private long clock = 1_000_000;

    @Test
    void whatWasIsReadAsAFullCopyOfEachStateWouldTell() {
        Long seed = Long.getLong("staddle.seed");
        if (seed != null) {
            run(seed, HeapStore.create(Schema.TABLES), 1 << 21, 50_000);
            return;
        }
        for (long each = FIRST_SEED; each < FIRST_SEED + SEEDS; each++) {
            run(each, HeapStore.create(Schema.TABLES), 1 << 21, each % 2 == 0 ? 50_000 : 3);
        }
        assertThat(met)
                .containsKeys("TRIMMED", "before", "within an entry", "epoch", "time", "over");
    }

    @Test
    void whatWasIsReadOnDiskAsWell() {
        RocksStore store =
                RocksStore.create(
                        directory.resolve("store"),
                        Schema.TABLES,
                        new StoreIdentity("test"),
                        StoreOptions.DEFAULTS.withBytes(8 << 20, 8 << 20));
        run(FIRST_SEED + SEEDS, store, 1 << 10, 2);
    }

    @Test
    void whatHasNotBeenIsRefused() {
        try (Store store = HeapStore.create(Schema.TABLES)) {
            new Machine(store).apply(new LogPosition(1, 1), new Entry(clock, 0, List.of(level())));
            Past past = new Past(new UndoIndex());
            try (View present = store.view()) {
                GrainId grain = RandomCommands.GRAINS.getFirst();
                for (Moment moment :
                        List.of(
                                Moment.afterEntry(2),
                                new Moment.AtTime(clock + 6),
                                new Moment.AtEpoch(grain, new Epoch(1)))) {
                    assertThat(past.at(moment, present, clock + 5))
                            .as("%s", moment)
                            .isInstanceOfSatisfying(
                                    Resolution.Refused.class,
                                    refused ->
                                            assertThat(refused.why())
                                                    .isInstanceOf(Refusal.NotYet.class));
                }
                assertThat(past.at(new Moment.AtTime(clock + 5), present, clock + 5))
                        .isInstanceOf(Resolution.Seen.class);
            }
        }
    }

    @Test
    void aTimeIsTheLastEntryOfThatTimeOrBefore() {
        try (Store store = HeapStore.create(Schema.TABLES)) {
            Machine machine = new Machine(store);
            machine.apply(new LogPosition(1, 1), new Entry(clock, 0, List.of(level())));
            for (int i = 2; i <= 5; i++) {
                Command command;
                try (View view = store.view()) {
                    command = Script.parse("register c" + i, view, clock);
                }
                machine.apply(
                        new LogPosition(1, i),
                        new Entry(clock + i * 10L, 0, List.of(Proposal.of(command))));
            }
            Past past = new Past(new UndoIndex());
            try (View present = store.view()) {
                for (int i = 2; i <= 4; i++) {
                    assertThat(indexAt(clock + i * 10L, past, present)).isEqualTo(i);
                    assertThat(indexAt(clock + i * 10L + 9, past, present)).isEqualTo(i);
                }
            }
        }
    }

    private static long indexAt(long millis, Past past, View present) {
        return past.at(new Moment.AtTime(millis), present, 0)
                        instanceof Resolution.Seen(var at, var _)
                ? at.index()
                : -1;
    }

    private static Proposal level() {
        return Proposal.of(new AdminCommand.RaiseFeatureLevel(Levels.TIME_TRAVEL));
    }

    private void run(long seed, Store store, int changesMax, int windowRows) {
        entries.clear();
        over.clear();
        SplittableRandom random = new SplittableRandom(seed);
        Copies kept = new Copies();
        UndoIndex index = new UndoIndex(changesMax, windowRows);
        try (store) {
            Machine machine = new Machine(store);
            for (int i = 1; i <= ENTRIES; i++) {
                Entry entry = entry(random, store, i);
                entries.add(entry);
                apply(machine, i, entry);
                remember(i, entry, store, kept);
                if (random.nextInt(4) == 0 || i == ENTRIES) {
                    compare(random, store, kept, index, seed);
                }
            }
        }
    }

    private Entry entry(SplittableRandom random, Store store, int at) {
        clock += random.nextInt(6) == 0 ? random.nextLong(2_000) : random.nextLong(3);
        List<Command> commands = new ArrayList<>();
        if (at == 1) {
            commands.addAll(RandomMigrations.beginning());
        } else if (at == 4) {
            commands.add(new AdminCommand.RaiseFeatureLevel(Levels.TIME_TRAVEL));
        }
        try (View view = store.view()) {
            for (int n = random.nextInt(5); n > 0 && at > 1; n--) {
                commands.add(command(random, view));
            }
            if (at > ENTRIES / 2 && random.nextInt(10) == 0) {
                long seen = new Queries(view).config().version();
                commands.add(new AdminCommand.PutConfig(Map.of("history.entries-max", "20"), seen));
            }
        }
        return new Entry(
                clock,
                0,
                commands.stream()
                        .map(each -> Proposal.of(each).inTerm(each.isOfLeader() ? 1 : 0))
                        .toList());
    }

    private Command command(SplittableRandom random, View view) {
        return switch (random.nextInt(8)) {
            case 0 -> RandomCommands.nextOfClusters(random, view, 8);
            case 1, 2 -> new RandomMigrations(random, view, clock).next();
            case 3 -> RandomCommands.next(random, view, 4);
            default -> RandomCommands.next(random, view);
        };
    }

    private static void apply(Machine machine, int index, Entry entry) {
        machine.apply(new LogPosition(1, index), entry);
    }

    /// Copies the state after each command of an entry.
    private void remember(int index, Entry entry, Store store, Copies kept) {
        for (int n = 1; n < entry.proposals().size(); n++) {
            HeapStore other = HeapStore.create(Schema.TABLES);
            Machine machine = new Machine(other);
            for (int i = 1; i < index; i++) {
                apply(machine, i, entries.get(i - 1));
            }
            apply(
                    machine,
                    index,
                    new Entry(entry.stampMillis(), 0, entry.proposals().subList(0, n)));
            try (View view = other.view()) {
                kept.add(new Revision(index, n - 1), view);
            }
        }
        try (View view = store.view()) {
            kept.add(new Revision(index, Math.max(0, entry.proposals().size() - 1)), view);
        }
    }

    private void compare(
            SplittableRandom random, Store store, Copies kept, UndoIndex index, long seed) {
        Past past = new Past(index);
        try (View present = store.view()) {
            for (Revision revision : kept.revisions()) {
                Moment moment = new Moment.AtRevision(revision);
                Optional<View> state = seen(past.at(moment, present, 0), present, revision);
                if (state.isPresent() && random.nextInt(3) == 0) {
                    String what = "-Dstaddle.seed=" + seed + " as of " + revision;
                    same(random, state.get(), kept.at(revision), what);
                }
            }
            same(past, present, seed);
            epochs(random, past, present, kept, seed);
            times(random, past, present, kept, seed);
        }
    }

    /// Only what is before the oldest that is named is refused.
    private Optional<View> seen(Resolution resolution, View present, Revision revision) {
        return switch (resolution) {
            case Resolution.Seen(var at, var view) -> {
                assertThat(at).isEqualTo(revision);
                met(revision.index() < present.applied().index() ? "before" : "within an entry");
                yield Optional.of(view);
            }
            case Resolution.Refused(Refusal.Trimmed(_, var oldest, _)) -> {
                met("TRIMMED");
                assertThat(revision).isLessThan(oldest);
                yield Optional.empty();
            }
            case Resolution.Refused(var why) -> throw new AssertionError(why);
        };
    }

    private static void same(SplittableRandom random, View state, Copies.Copy copy, String what) {
        // Rows first: a scan must not be right only because of what a reading has remembered.
        List<Table<?, ?>> tables = new ArrayList<>(Versioned.TABLES);
        tables.add(Schema.HOLDING_GRAINS);
        for (Table<?, ?> table : tables) {
            assertThat(Copies.rows(state, table, KeyRange.all()))
                    .as("%s: %s", what, table.name())
                    .isEqualTo(copy.of(table));
        }
        Table<?, ?> table = Versioned.TABLES.get(random.nextInt(Versioned.TABLES.size()));
        parts(random, state, table, copy, what);
        for (Table<?, ?> each : Versioned.TABLES) {
            rowByRow(state, each, copy, what);
        }
        assertThat(Copies.of(state)).as(what).isEqualTo(copy);
    }

    @SuppressWarnings("unchecked") // the copy of a table has rows of the table
    private static <K, V> void parts(
            SplittableRandom random, View state, Table<K, V> table, Copies.Copy copy, String what) {
        List<Row<?, ?>> rows = copy.of(table);
        if (rows.isEmpty()) {
            return;
        }
        int from = random.nextInt(rows.size());
        int to = random.nextInt(from, rows.size());
        KeyRange range =
                new KeyRange(
                        table.keys().encode((K) rows.get(from).key()),
                        table.keys().encode((K) rows.get(to).key()));
        assertThat(Copies.rows(state, table, range))
                .as("%s: %s from %s to %s", what, table.name(), from, to)
                .isEqualTo(rows.subList(from, to));
    }

    @SuppressWarnings("unchecked") // the copy of a table has rows of the table
    private static <K, V> void rowByRow(
            View state, Table<K, V> table, Copies.Copy copy, String what) {
        for (Row<?, ?> row : copy.of(table)) {
            assertThat(state.get(table, (K) row.key()))
                    .as("%s: %s of %s", what, row.key(), table.name())
                    .contains((V) row.value());
        }
    }

    /// The last state with each epoch that a grain ever had.
    private void epochs(SplittableRandom random, Past past, View present, Copies kept, long seed) {
        GrainId grain = RandomCommands.GRAINS.get(random.nextInt(RandomCommands.GRAINS.size()));
        Map<Epoch, Revision> last = new TreeMap<>();
        for (Revision revision : kept.revisions()) {
            last.put(epoch(grain, kept.at(revision)), revision);
        }
        last.forEach((epoch, revision) -> {
            Moment moment = new Moment.AtEpoch(grain, epoch);
            switch (past.at(moment, present, 0)) {
                case Resolution.Seen(var at, var state) -> {
                    met("epoch");
                    noteOver(moment, at, present);
                    assertThat(Copies.of(state).rows())
                            .as("-Dstaddle.seed=%s %s, that is %s", seed, moment, revision)
                            .isEqualTo(kept.at(revision).rows());
                }
                case Resolution.Refused(Refusal.Trimmed(_, var oldest, _)) ->
                        assertThat(revision).isLessThan(oldest);
                case Resolution.Refused(var why) -> throw new AssertionError(why);
            }
        });
    }

    private void noteOver(Moment moment, Revision at, View present) {
        if (Past.isOver(moment, present)) {
            met("over");
            over.put(moment, at);
        }
    }

    /// What was over is the same state whatever came after it.
    private void same(Past past, View present, long seed) {
        over.forEach((moment, was) -> {
            assertThat(Past.isOver(moment, present)).isTrue();
            switch (past.at(moment, present, 0)) {
                case Resolution.Seen(var at, _) ->
                        assertThat(at).as("-Dstaddle.seed=%s %s", seed, moment).isEqualTo(was);
                case Resolution.Refused(Refusal.Trimmed(_, var oldest, _)) ->
                        assertThat(was).isLessThan(oldest);
                case Resolution.Refused(var why) -> throw new AssertionError(why);
            }
        });
    }

    private static Epoch epoch(GrainId grain, Copies.Copy copy) {
        String answer = copy.answers().get(RandomCommands.GRAINS.indexOf(grain));
        String rest = answer.substring(answer.indexOf("epoch=") + "epoch=".length());
        return new Epoch(Long.parseLong(rest.split("[^0-9]", 2)[0]));
    }

    private void times(SplittableRandom random, Past past, View present, Copies kept, long seed) {
        long now = new Queries(present).logicalNowMillis();
        long millis = random.nextLong(999_990, now + 1);
        Optional<Revision> last =
                kept.revisions().stream()
                        .filter(each -> kept.atMillis(each) <= millis)
                        .reduce((_, next) -> next);
        Moment moment = new Moment.AtTime(millis);
        switch (past.at(moment, present, 0)) {
            case Resolution.Seen(var at, var state) -> {
                met("time");
                noteOver(moment, at, present);
                assertThat(Copies.of(state).rows())
                        .as("-Dstaddle.seed=%s at %s, that is %s", seed, millis, last)
                        .isEqualTo(kept.at(last.orElseThrow()).rows());
            }
            case Resolution.Refused(Refusal.Trimmed(_, _, var oldestMillis)) ->
                    assertThat(millis).isLessThan(oldestMillis);
            case Resolution.Refused(var why) -> throw new AssertionError(why);
        }
    }

    private void met(String what) {
        met.merge(what, 1, Integer::sum);
    }
}
