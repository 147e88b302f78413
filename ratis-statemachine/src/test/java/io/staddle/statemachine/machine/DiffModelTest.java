package io.staddle.statemachine.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Holding;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Change;
import io.staddle.api.query.HoldingCount;
import io.staddle.api.query.Moment;
import io.staddle.api.query.StateDiff;
import io.staddle.statemachine.past.Diffs;
import io.staddle.statemachine.past.Past;
import io.staddle.statemachine.past.Resolution.Seen;
import io.staddle.statemachine.past.UndoIndex;
import io.staddle.statemachine.state.GrainRow;
import io.staddle.statemachine.state.Levels;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/// Random commands, and what `diff` says of any two of the states that were, against two [Copies].
/// `-Dstaddle.seed=N` runs one seed again.
final class DiffModelTest {
    private static final long FIRST_SEED = 9_000;
    private static final int SEEDS = 4;
    private static final int ALL_SEEDS = 20;
    private static final int COMMANDS = 250;
    private static final int PAIRS = 80;
    private static final int ALL = 10_000;

    private final Set<String> met = new TreeSet<>();

    @Test
    void whatIsNotTheSameIsWhatTwoFullCopiesShow() {
        Long seed = Long.getLong("staddle.seed");
        if (seed != null) {
            run(seed);
            return;
        }
        Seeds.from(FIRST_SEED, SEEDS, ALL_SEEDS).forEach(this::run);
        assertThat(met)
                .as("a generator that never changes these tests less than it seems to")
                .contains("grains", "holdings", "clusters", "primacy", "placements", "nodes")
                .contains("groups", "v_shards", "migrations", "ghosts", "forgotten");
    }

    private void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Directory directory = Directory.onHeap();
        RandomMigrations.beginning().forEach(directory::apply);
        directory.apply(new AdminCommand.PutConfig(Map.of("migration.retention-millis", "9"), 0));
        directory.apply(new AdminCommand.RaiseFeatureLevel(Levels.TIME_TRAVEL));
        Copies copies = new Copies();
        for (int i = 0; i < COMMANDS; i++) {
            directory.advance(random.nextInt(6) == 0 ? random.nextLong(2_000) : random.nextLong(3));
            directory.apply(command(random, directory));
            try (View view = directory.store().view()) {
                copies.add(new Revision(view.applied().index(), 0), view);
            }
        }
        try (View present = directory.store().view()) {
            Past past = new Past(new UndoIndex());
            // What was trimmed is no matter of a diff.
            List<Seen> all =
                    copies.revisions().stream()
                            .map(each -> past.at(new Moment.AtRevision(each), present, 0))
                            .filter(Seen.class::isInstance)
                            .map(Seen.class::cast)
                            .toList();
            for (int i = 0; i < PAIRS; i++) {
                Seen one = all.get(random.nextInt(all.size()));
                Seen other = all.get(random.nextInt(all.size()));
                compare(one, other, present, copies, "-Dstaddle.seed=" + seed);
            }
        }
    }

    private static Command command(SplittableRandom random, Directory directory) {
        try (View view = directory.store().view()) {
            return switch (random.nextInt(8)) {
                case 0 -> RandomCommands.nextOfClusters(random, view, 8);
                case 1, 2, 3 ->
                        random.nextInt(12) == 0
                                ? new GhostCommand.CleanupMigrations(2)
                                : new RandomMigrations(random, view, directory.clockMillis())
                                        .next();
                default -> RandomCommands.next(random, view);
            };
        }
    }

    private void compare(Seen one, Seen other, View present, Copies copies, String run) {
        String what = "%s from %s to %s".formatted(run, one.at(), other.at());
        StateDiff diff = Diffs.between(one, other, present, ALL);
        assertThat(diff.more()).isFalse();
        Revision first = one.at().compareTo(other.at()) <= 0 ? one.at() : other.at();
        Revision second = first.equals(one.at()) ? other.at() : one.at();
        assertThat(List.of(diff.from(), diff.to())).as(what).containsExactly(first, second);
        Copies.Copy before = copies.at(first);
        Copies.Copy after = copies.at(second);

        same("clusters", diff.clusters(), changes(Schema.CLUSTERS, before, after), what);
        same("primacy", diff.primacy(), changes(Schema.PRIMACY, before, after), what);
        same("placements", diff.placements(), changes(Schema.PLACEMENTS, before, after), what);
        same("nodes", diff.nodes(), changes(Schema.NODES, before, after), what);
        same("groups", diff.groups(), changes(Schema.GROUPS, before, after), what);
        same("v_shards", diff.vShards(), changes(Schema.V_SHARDS, before, after), what);
        same("ghosts", diff.ghosts(), changes(Schema.GHOSTS, before, after), what);
        same("migrations", diff.migrations(), migrations(before, after), what);
        same("holdings", diff.holdings(), holdings(before, after), what);
        assertThat(diff.grains().stream().map(DiffModelTest::words).toList())
                .as("%s: grains", what)
                .containsExactlyElementsOf(grains(before, after));
        if (!diff.grains().isEmpty()) {
            met.add("grains");
        }
    }

    private void same(String of, List<?> found, List<?> expected, String what) {
        assertThat(found).as("%s: %s", what, of).isEqualTo(expected);
        if (!found.isEmpty()) {
            met.add(of);
        }
    }

    private static <V> List<Change<V>> changes(
            Table<?, V> table, Copies.Copy before, Copies.Copy after) {
        return changes(rows(table, before), rows(table, after));
    }

    private static <V> List<Change<V>> changes(
            Map<ByteString, V> before, Map<ByteString, V> after) {
        TreeSet<ByteString> keys = new TreeSet<>(ByteString.unsignedLexicographicalComparator());
        keys.addAll(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .map(key ->
                        new Change<>(
                                Optional.ofNullable(before.get(key)),
                                Optional.ofNullable(after.get(key))))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

    /// One that goes on and one that is over are in different tables.
    private List<Change<MigrationRecord>> migrations(Copies.Copy before, Copies.Copy after) {
        List<Change<MigrationRecord>> changes =
                changes(allMigrations(before), allMigrations(after));
        if (changes.stream().anyMatch(each -> each.after().isEmpty())) {
            met.add("forgotten");
        }
        return changes;
    }

    private static Map<ByteString, MigrationRecord> allMigrations(Copies.Copy copy) {
        Map<ByteString, MigrationRecord> all = rows(Schema.FINISHED_MIGRATIONS, copy);
        all.putAll(rows(Schema.MIGRATIONS, copy));
        return all;
    }

    /// Those that opened, moved or closed: not those that only got or lost grains.
    private static List<Change<HoldingCount>> holdings(Copies.Copy before, Copies.Copy after) {
        Map<ByteString, Holding> was = rows(Schema.HOLDINGS, before);
        Map<ByteString, Holding> is = rows(Schema.HOLDINGS, after);
        Map<ByteString, Long> countedThen = rows(Schema.HOLDING_COUNTS, before);
        Map<ByteString, Long> countedNow = rows(Schema.HOLDING_COUNTS, after);
        return changes(was, is).stream()
                .map(change -> {
                    ByteString key = key(Schema.HOLDINGS, change.newest().id());
                    return new Change<>(
                            counted(change.before(), countedThen.getOrDefault(key, 0L)),
                            counted(change.after(), countedNow.getOrDefault(key, 0L)));
                })
                .toList();
    }

    private static Optional<HoldingCount> counted(Optional<Holding> holding, long grains) {
        return holding.map(each -> new HoldingCount(each, grains));
    }

    /// Those whose own rows changed: not those that moved with their holding.
    private static List<String> grains(Copies.Copy before, Copies.Copy after) {
        Map<ByteString, GrainRow> was = rows(Schema.GRAINS, before);
        Map<ByteString, GrainRow> is = rows(Schema.GRAINS, after);
        Map<ByteString, String> words =
                new TreeMap<>(ByteString.unsignedLexicographicalComparator());
        for (int i = 0; i < RandomCommands.GRAINS.size(); i++) {
            ByteString key = key(Schema.GRAINS, RandomCommands.GRAINS.get(i));
            if (!Objects.equals(was.get(key), is.get(key))) {
                words.put(key, before.answers().get(i) + " then " + after.answers().get(i));
            }
        }
        return List.copyOf(words.values());
    }

    private static String words(Change<Ownership> change) {
        return change.before().orElseThrow() + " then " + change.after().orElseThrow();
    }

    @SuppressWarnings("unchecked") // the copy of a table has rows of the table
    private static <K, V> Map<ByteString, V> rows(Table<K, V> table, Copies.Copy copy) {
        Map<ByteString, V> rows = new HashMap<>();
        copy.of(table).forEach(row -> rows.put(key(table, (K) row.key()), (V) row.value()));
        return rows;
    }

    private static <K> ByteString key(Table<K, ?> table, K key) {
        return ByteString.copyFrom(table.keys().encode(key));
    }
}
