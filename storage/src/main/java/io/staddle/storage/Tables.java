package io.staddle.storage;

import com.dynatrace.hash4j.hashing.Hashing;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The tables of one store, in order of their names.
final class Tables {
    private final List<Slot> slots;
    private final Map<String, Slot> byName = new HashMap<>();

    Tables(Collection<? extends Table<?, ?>> tables) {
        Map<String, Table<?, ?>> sorted = new TreeMap<>();
        for (Table<?, ?> table : tables) {
            if (sorted.put(table.name(), table) != null) {
                throw new IllegalArgumentException("two tables are named " + table.name());
            }
        }
        for (Table<?, ?> table : sorted.values()) {
            byName.put(table.name(), new Slot(byName.size(), table, seed(table.name())));
        }
        slots = sorted.keySet().stream().map(byName::get).toList();
    }

    /// Returns all tables; `slots().get(n).number()` is `n`.
    List<Slot> slots() {
        return slots;
    }

    Slot slot(Table<?, ?> table) {
        Slot slot = byName.get(table.name());
        if (slot == null || !slot.table().equals(table)) {
            throw new IllegalArgumentException("the store has no such table: " + table.name());
        }
        return slot;
    }

    private static long seed(String name) {
        return Hashing.xxh3_64().hashBytesToLong(name.getBytes(StandardCharsets.UTF_8));
    }
}
