package io.staddle.statemachine.state;

import io.staddle.storage.Table;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The tables of which every state can be read, as far back as history is kept.
///
/// Their numbers, which are their places here from 1 on, are format: new ones go to the end, and
/// wait for a feature level. Whatever changes one of them must be kept in history
/// ([io.staddle.api.event.Event#isKept]): what was overwritten goes with it.
public final class Versioned {
    /// All of them.
    public static final List<Table<?, ?>> TABLES =
            List.of(
                    Schema.GRAINS,
                    Schema.HOLDINGS,
                    Schema.HOLDING_COUNTS,
                    Schema.EPOCH_FLOORS,
                    Schema.PLACEMENTS,
                    Schema.CLUSTERS,
                    Schema.PRIMACY,
                    Schema.AUTOMATION,
                    Schema.FENCES,
                    Schema.MOVES,
                    Schema.CONFIG,
                    Schema.NODES,
                    Schema.ROUTING,
                    Schema.GROUPS,
                    Schema.V_SHARDS,
                    Schema.MIGRATIONS,
                    Schema.FINISHED_MIGRATIONS,
                    Schema.MIGRATION_CHECKPOINTS,
                    Schema.GHOSTS);

    private static final Map<String, Integer> NUMBERS =
            IntStream.range(0, TABLES.size())
                    .boxed()
                    .collect(Collectors.toUnmodifiableMap(i -> TABLES.get(i).name(), i -> i + 1));

    private Versioned() {}

    /// Returns the number of a table; 0 if its states cannot be read.
    public static int number(Table<?, ?> table) {
        return NUMBERS.getOrDefault(table.name(), 0);
    }
}
