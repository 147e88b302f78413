package io.staddle.statemachine.past;

import io.staddle.api.id.GrainId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.Revision;
import io.staddle.statemachine.state.GrainRow.Place.InHolding;
import io.staddle.statemachine.state.HoldingGrain;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.UndoneRow;
import io.staddle.statemachine.state.Versioned;
import io.staddle.storage.Cursor;
import io.staddle.storage.Digest;
import io.staddle.storage.KeyRange;
import io.staddle.storage.LogPosition;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The state right after a revision: the present, with what has been overwritten since put back.
///
/// Whatever answers from a view answers from this one. A row costs about as much as in the present;
/// the first row of a scan costs what has happened since. For one thread, and only as long as the
/// present that it was made from. Tables that are not [Versioned] throw [MalformedException].
final class PastView implements View {
    private record RowOf(Table<?, ?> table, Object key) {}

    private final View present;
    private final Revision at;
    private final UndoIndex index;

    /// The rows of the tables that are small: lists ask for the same ones again and again.
    private final Map<RowOf, Optional<?>> known = new LinkedHashMap<>();

    /// @param at a revision of which the state can be read, and before the present
    PastView(View present, Revision at, UndoIndex index) {
        this.present = present;
        this.at = at;
        this.index = index;
    }

    /// Returns its logical time, in milliseconds since 1970.
    long atMillis() {
        return Kept.atMillis(at.index(), present);
    }

    @Override
    public LogPosition applied() {
        return new LogPosition(present.applied().term(), at.index());
    }

    @Override
    public Digest digest() {
        throw new UnsupportedOperationException("no digest is kept of what was");
    }

    @Override
    @SuppressWarnings("unchecked") // what is known of a table are its values
    public <K, V> Optional<V> get(Table<K, V> table, K key) {
        if (table.name().equals(Schema.RESTORED_ABOVE.name())) {
            // Written by a restore only, and history begins anew with that.
            return present.get(table, key);
        }
        if (table.kind() != Table.Kind.RESIDENT) {
            return key.equals(Numbers.LOGICAL_NOW)
                    ? (Optional<V>) Optional.of(atMillis())
                    : then(table, key);
        }
        RowOf row = new RowOf(table, key);
        Optional<?> found = known.get(row);
        if (found == null) {
            found = then(table, key);
            known.put(row, found);
        }
        return (Optional<V>) found;
    }

    @Override
    public <K, V> List<Optional<V>> getAll(Table<K, V> table, List<K> keys) {
        return keys.stream().map(key -> get(table, key)).toList();
    }

    @Override
    @SuppressWarnings("unchecked") // the table of members has members
    public <K, V> Cursor<K, V> scan(Table<K, V> table, KeyRange range) {
        if (table.name().equals(Schema.HOLDING_GRAINS.name())) {
            return new PastCursor<>(
                    table,
                    source(table, range),
                    row -> Optional.of(row.value()).filter(_ -> isMember((HoldingGrain) row.key())),
                    (key, _) ->
                            isMember((HoldingGrain) key)
                                    ? Optional.of((V) io.staddle.storage.Present.PRESENT)
                                    : Optional.empty());
        }
        requireVersioned(table);
        return new PastCursor<>(
                table,
                source(table, range),
                row -> Optional.of(row.value()),
                (_, undone) -> undone.value(table));
    }

    @Override
    public void close() {}

    private <K, V> PastCursor.Source<K, V> source(Table<K, V> table, KeyRange range) {
        return new PastCursor.Source<>(
                present.scan(table, range),
                range,
                from -> index.window(new Window.Place(at, table, from), range.to(), present));
    }

    private <K, V> Optional<V> then(Table<K, V> table, K key) {
        int number = requireVersioned(table);
        Optional<UndoneRow> undone =
                index.firstAfter(at, number, table.keys().encode(key), present);
        return undone.isPresent() ? undone.get().value(table) : present.get(table, key);
    }

    /// Tells whether a grain was in a holding.
    private boolean isMember(HoldingGrain member) {
        return get(Schema.HOLDINGS, member.holding())
                .map(holding -> new GrainId(holding.type(), member.key()))
                .flatMap(grain -> get(Schema.GRAINS, grain))
                .filter(row ->
                        row.place() instanceof InHolding place
                                && place.holding().equals(member.holding()))
                .isPresent();
    }

    private static int requireVersioned(Table<?, ?> table) {
        int number = Versioned.number(table);
        if (number == 0) {
            throw new MalformedException(
                    new Expectation(
                            "as of",
                            "with a question about grains, clusters, routing or migrations",
                            table.name()));
        }
        return number;
    }
}
