package io.staddle.statemachine.balance;

import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Cursor;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;
import io.staddle.storage.Table;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// A state with some migrations begun: what a command would meet that comes after others of the
/// same entry. Nothing is written.
final class Draft implements Reads {
    private final Reads view;
    private final Tick tick;
    private final Layer<GroupId, GroupRecord> groups = new Layer<>(Schema.GROUPS, GroupRecord::id);
    private final Layer<VShardId, VShardRecord> vShards =
            new Layer<>(Schema.V_SHARDS, VShardRecord::id);
    private final Layer<MigrationId, MigrationRecord> migrations =
            new Layer<>(Schema.MIGRATIONS, MigrationRecord::id);

    Draft(Reads view, Tick tick) {
        this.view = view;
        this.tick = tick;
    }

    /// What is different from one table.
    private record Layer<K, V>(Table<K, V> table, Function<V, K> key, SortedMap<K, V> rows) {
        Layer(Table<K, V> table, Function<V, K> key) {
            this(table, key, new TreeMap<>());
        }

        void put(V row) {
            rows.put(key.apply(row), row);
        }

        List<V> over(List<V> below) {
            SortedMap<K, V> all = new TreeMap<>();
            Stream.concat(below.stream(), rows.values().stream())
                    .forEach(row -> all.put(key.apply(row), row));
            return List.copyOf(all.values());
        }
    }

    /// Lets events have taken place that begin a migration.
    void take(List<Event> events) {
        for (Event event : events) {
            if (event instanceof RoutingEvent.GroupChanged(_, _, var group)) {
                groups.put(group);
            } else if (event instanceof MigrationEvent.MigrationStarted(var migration, _)) {
                begin(migration);
            } else {
                throw new IllegalArgumentException("begins no migration: " + event);
            }
        }
    }

    private void begin(MigrationRecord migration) {
        migrations.put(migration);
        VShardRecord vShard = get(Schema.V_SHARDS, migration.header().vShard()).orElseThrow();
        vShards.put(vShard.migrating(migration.header(), tick.since()));
    }

    @Override
    public <K, V> Optional<V> get(Table<K, V> table, K key) {
        return layer(table)
                .flatMap(layer -> Optional.ofNullable(layer.rows().get(key)))
                .or(() -> view.get(table, key));
    }

    @Override
    public <K, V> List<Optional<V>> getAll(Table<K, V> table, List<K> keys) {
        return keys.stream().map(key -> get(table, key)).toList();
    }

    @Override
    public <K, V> List<V> values(Table<K, V> table) {
        List<V> below = view.values(table);
        return layer(table).map(layer -> layer.over(below)).orElse(below);
    }

    /// Walks over the rows of a table that no migration begun here has changed.
    @Override
    public <K, V> Cursor<K, V> scan(Table<K, V> table, KeyRange range) {
        if (layer(table).isPresent()) {
            throw new IllegalArgumentException("a draft has no order of " + table.name());
        }
        return view.scan(table, range);
    }

    /// Keys and values of a layer are those of its table.
    @SuppressWarnings("unchecked")
    private <K, V> Optional<Layer<K, V>> layer(Table<K, V> table) {
        return Stream.of(groups, vShards, migrations)
                .filter(layer -> layer.table().equals(table))
                .map(layer -> (Layer<K, V>) layer)
                .findFirst();
    }
}
