package io.staddle.statemachine.past;

import com.google.protobuf.ByteString;

import io.staddle.api.id.GrainId;
import io.staddle.api.id.HoldingId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Change;
import io.staddle.api.query.HoldingCount;
import io.staddle.api.query.StateDiff;
import io.staddle.statemachine.past.Resolution.Seen;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.UndoneRow;
import io.staddle.statemachine.state.Versioned;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// What is not the same in two states of the past. It costs what happened between them.
public final class Diffs {
    private final Seen from;
    private final Seen to;
    private final TreeMap<Integer, TreeSet<ByteString>> rows = new TreeMap<>();
    private int count;
    private boolean more;

    private Diffs(Seen from, Seen to) {
        this.from = from;
        this.to = to;
    }

    /// Compares two states, in the order in which they were.
    ///
    /// @param present that both were made from
    /// @param limit how many rows are compared at most
    public static StateDiff between(Seen one, Seen other, View present, int limit) {
        boolean inOrder = one.at().compareTo(other.at()) <= 0;
        Diffs diffs = new Diffs(inOrder ? one : other, inOrder ? other : one);
        diffs.collect(present, limit);
        return diffs.compare();
    }

    private void collect(View present, int limit) {
        KeyRange range =
                new KeyRange(
                        Schema.UNDO.keys().encode(from.at().index()),
                        Schema.UNDO.keys().encode(to.at().index() + 1));
        try (var entries = present.scan(Schema.UNDO, range)) {
            while (entries.hasNext() && !more) {
                var entry = entries.next();
                entry.value().rows().stream()
                        .filter(row -> isBetween(new Revision(entry.key(), row.ordinal())))
                        .forEach(row -> add(row, limit));
            }
        }
    }

    private boolean isBetween(Revision revision) {
        return revision.compareTo(from.at()) > 0 && revision.compareTo(to.at()) <= 0;
    }

    private void add(UndoneRow row, int limit) {
        TreeSet<ByteString> keys = keys(row.table());
        if (keys.contains(row.key())) {
            return;
        }
        if (count == limit) {
            more = true;
            return;
        }
        keys.add(row.key());
        count++;
    }

    private StateDiff compare() {
        return new StateDiff(
                from.at(),
                to.at(),
                changes(Schema.GRAINS, (grain, state) -> Optional.of(owner(grain, state))),
                changes(Schema.HOLDINGS, Diffs::holding),
                changes(Schema.CLUSTERS),
                changes(Schema.PRIMACY),
                changes(Schema.PLACEMENTS),
                changes(Schema.NODES),
                changes(Schema.GROUPS),
                changes(Schema.V_SHARDS),
                migrations(),
                changes(Schema.GHOSTS),
                more);
    }

    private <K, V> List<Change<V>> changes(Table<K, V> table) {
        return changes(table, (key, state) -> state.get(table, key));
    }

    private <K, T> List<Change<T>> changes(
            Table<K, ?> table, BiFunction<K, Reads, Optional<T>> value) {
        return changes(keys(Versioned.number(table)), table, value);
    }

    /// Of one that was over before the first state only the row of those that are over changes:
    /// when it is forgotten.
    private List<Change<MigrationRecord>> migrations() {
        TreeSet<ByteString> keys = new TreeSet<>(keys(Versioned.number(Schema.MIGRATIONS)));
        keys.addAll(keys(Versioned.number(Schema.FINISHED_MIGRATIONS)));
        return changes(keys, Schema.MIGRATIONS, Migrations::find);
    }

    private TreeSet<ByteString> keys(int table) {
        return rows.computeIfAbsent(
                table, _ -> new TreeSet<>(ByteString.unsignedLexicographicalComparator()));
    }

    private <K, T> List<Change<T>> changes(
            TreeSet<ByteString> keys, Table<K, ?> table, BiFunction<K, Reads, Optional<T>> value) {
        List<Change<T>> changes = new ArrayList<>();
        for (ByteString bytes : keys) {
            K key = table.keys().decode(bytes.toByteArray());
            Change<T> change =
                    new Change<>(value.apply(key, from.view()), value.apply(key, to.view()));
            if (!change.before().equals(change.after())) {
                changes.add(change);
            }
        }
        return changes;
    }

    private static Ownership owner(GrainId grain, Reads state) {
        return Ownerships.of(grain, state);
    }

    private static Optional<HoldingCount> holding(HoldingId id, Reads state) {
        return state.get(Schema.HOLDINGS, id)
                .map(holding ->
                        new HoldingCount(holding, state.get(Schema.HOLDING_COUNTS, id).orElse(0L)));
    }
}
