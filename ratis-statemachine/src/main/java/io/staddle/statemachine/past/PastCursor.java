package io.staddle.statemachine.past;

import io.staddle.statemachine.state.UndoneRow;
import io.staddle.storage.Cursor;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Row;
import io.staddle.storage.Table;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Walks over the rows of the present with what has been overwritten since put back.
final class PastCursor<K, V> implements Cursor<K, V> {
    /// Where the rows come from.
    ///
    /// @param windows what was overwritten, from a key on
    record Source<K, V>(Cursor<K, V> present, KeyRange range, Function<byte[], Window> windows) {}

    private final Table<K, V> table;
    private final Source<K, V> source;
    private final Function<Row<K, V>, Optional<V>> unchanged;
    private final BiFunction<K, UndoneRow, Optional<V>> changed;
    private byte[] bound;
    private Iterator<Map.Entry<byte[], UndoneRow>> undone;
    private Optional<Map.Entry<byte[], UndoneRow>> nextUndone;
    private Optional<Row<K, V>> nextPresent;
    private Optional<Row<K, V>> next;

    /// @param unchanged the value of a row that was not overwritten; empty if it is left out
    /// @param changed the value of a row that may have been overwritten; empty if there was none
    PastCursor(
            Table<K, V> table,
            Source<K, V> source,
            Function<Row<K, V>, Optional<V>> unchanged,
            BiFunction<K, UndoneRow, Optional<V>> changed) {
        this.table = table;
        this.source = source;
        this.unchanged = unchanged;
        this.changed = changed;
        Window first = source.windows().apply(source.range().from());
        bound = first.bound();
        undone = first.from(source.range().from()).entrySet().iterator();
        nextUndone = takeUndone();
        nextPresent = takePresent();
        next = find();
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public Row<K, V> next() {
        Row<K, V> found = next.orElseThrow(NoSuchElementException::new);
        next = find();
        return found;
    }

    @Override
    public void close() {
        source.present().close();
    }

    private Optional<Row<K, V>> find() {
        while (nextUndone.isPresent() || nextPresent.isPresent()) {
            Optional<Row<K, V>> found = step();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// Takes the row with the lowest key; empty if it was not there.
    private Optional<Row<K, V>> step() {
        int order = order();
        if (order < 0) {
            Row<K, V> row = nextPresent.orElseThrow();
            nextPresent = takePresent();
            return unchanged.apply(row).map(value -> new Row<>(row.key(), value));
        }
        Map.Entry<byte[], UndoneRow> row = nextUndone.orElseThrow();
        nextUndone = takeUndone();
        if (order == 0) {
            nextPresent = takePresent();
        }
        K key = table.keys().decode(row.getKey());
        return changed.apply(key, row.getValue()).map(value -> new Row<>(key, value));
    }

    /// How the next row of the present stands to the next one that was overwritten.
    private int order() {
        if (nextPresent.isEmpty()) {
            return 1;
        }
        if (nextUndone.isEmpty()) {
            return -1;
        }
        byte[] key = table.keys().encode(nextPresent.get().key());
        return Arrays.compareUnsigned(key, nextUndone.get().getKey());
    }

    private Optional<Row<K, V>> takePresent() {
        return source.present().hasNext() ? Optional.of(source.present().next()) : Optional.empty();
    }

    private Optional<Map.Entry<byte[], UndoneRow>> takeUndone() {
        while (!undone.hasNext() && bound.length > 0 && isInRange(bound)) {
            byte[] from = bound;
            Window further = source.windows().apply(from);
            bound = further.bound();
            undone = further.from(from).entrySet().iterator();
        }
        return undone.hasNext()
                ? Optional.of(undone.next()).filter(row -> isInRange(row.getKey()))
                : Optional.empty();
    }

    private boolean isInRange(byte[] key) {
        byte[] end = source.range().to();
        return end.length == 0 || Arrays.compareUnsigned(key, end) < 0;
    }
}
