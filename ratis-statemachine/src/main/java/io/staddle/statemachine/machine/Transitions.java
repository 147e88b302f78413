package io.staddle.statemachine.machine;

import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Config;
import io.staddle.api.model.Holding;
import io.staddle.api.model.Ownership;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Ownerships;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;
import io.staddle.storage.Table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What must hold between a state and a later one: what never falls, and what must be told.
final class Transitions {
    /// What can only be appended to and trimmed: their rows are the same if their ends are.
    private static final List<Table<Long, ?>> LOGS = List.of(Schema.HISTORY, Schema.UNDO);

    private static final Set<String> UNTOLD =
            Set.of(
                    Numbers.LOGICAL_NOW,
                    Numbers.LEASES_HELD_UNTIL,
                    Numbers.LED_TERM,
                    Numbers.LED_SINCE);

    private final Reads before;
    private final Reads after;
    private final Violations violations = new Violations();

    private Transitions(Reads before, Reads after) {
        this.before = before;
        this.after = after;
    }

    static List<String> violations(Reads before, Reads after) {
        Transitions check = new Transitions(before, after);
        check.grains();
        check.floors();
        check.fences();
        check.holdings();
        check.numbers();
        check.violations.addAll(ClusterInvariants.violationsBetween(before, after));
        check.violations.addAll(ReplayInvariants.violationsBetween(before, after));
        check.violations.addAll(RoutingInvariants.violationsBetween(before, after));
        check.violations.addAll(MigrationInvariants.violationsBetween(before, after));
        check.violations.addAll(BarrierInvariants.violationsBetween(before, after));
        check.nothingUntold();
        return check.violations.toList();
    }

    static <K, V> List<Row<K, V>> rows(Reads view, Table<K, V> table) {
        return rows(view, table, KeyRange.all());
    }

    static <K, V> List<Row<K, V>> rows(Reads view, Table<K, V> table, KeyRange range) {
        List<Row<K, V>> rows = new ArrayList<>();
        try (var cursor = view.scan(table, range)) {
            cursor.forEachRemaining(rows::add);
        }
        return rows;
    }

    /// Returns the index of the last entry that is in history, -1 if none is.
    static long historyEnd(Reads view) {
        return end(view, Schema.HISTORY);
    }

    /// Looks for the greatest key at or after which there is a row, and so decodes none.
    private static long end(Reads view, Table<Long, ?> log) {
        long end = -1;
        for (long step = Long.highestOneBit(Long.MAX_VALUE); step > 0; step >>= 1) {
            try (var rows = view.scan(log, from(log, end + step))) {
                end += rows.hasNext() ? step : 0;
            }
        }
        return end;
    }

    static KeyRange from(Table<Long, ?> log, long key) {
        return KeyRange.startingAt(log.keys().encode(key));
    }

    private void grains() {
        Set<GrainId> known = new TreeSet<>(Comparator.comparing(GrainId::toString));
        rows(before, Schema.GRAINS).forEach(row -> known.add(row.key()));
        rows(after, Schema.GRAINS).forEach(row -> known.add(row.key()));
        for (GrainId grain : known) {
            grain(Ownerships.of(grain, before), Ownerships.of(grain, after));
        }
    }

    private void grain(Ownership was, Ownership is) {
        int way = is.epoch().compareTo(was.epoch());
        violations.unless(way >= 0, "I1 the epoch fell: " + was + " -> " + is);
        boolean gained = is.owner().isPresent() && !is.owner().equals(was.owner());
        violations.unless(
                !gained || way > 0, "I2 another owner in the same epoch: " + was + " -> " + is);
    }

    private void floors() {
        for (var floor : rows(before, Schema.EPOCH_FLOORS)) {
            var now = after.get(Schema.EPOCH_FLOORS, floor.key());
            violations.unless(
                    now.isPresent() && now.get().compareTo(floor.value()) >= 0,
                    "I1 the floor of " + floor.key() + " fell: " + floor.value() + " -> " + now);
        }
    }

    private void fences() {
        for (var fence : rows(before, Schema.FENCES)) {
            Fence now = after.get(Schema.FENCES, fence.key()).orElse(Fence.NONE);
            violations.unless(
                    now.compareTo(fence.value()) >= 0,
                    "I5 the fence of " + fence.key() + " fell: " + fence.value() + " -> " + now);
        }
    }

    private void holdings() {
        for (var row : rows(before, Schema.HOLDINGS)) {
            Optional<Holding> now = after.get(Schema.HOLDINGS, row.key());
            now.ifPresent(next -> holding(row.value(), next));
        }
    }

    private void holding(Holding was, Holding is) {
        violations.unless(
                is.cluster().equals(was.cluster())
                        && is.fence().equals(was.fence())
                        && is.type().equals(was.type()),
                "I2 a holding became another one: " + was + " -> " + is);
        violations.unless(is.shift() >= was.shift(), "I1 the shift fell: " + was + " -> " + is);
        violations.unless(
                is.shift() > was.shift() || is.equals(was),
                "I2 a holding changed without a shift: " + was + " -> " + is);
    }

    private void numbers() {
        for (String number :
                List.of(
                        Numbers.LAST_HOLDING,
                        Numbers.LOGICAL_NOW,
                        Numbers.LEASES_HELD_UNTIL,
                        Numbers.LED_TERM,
                        Numbers.LED_SINCE)) {
            long was = Numbers.get(before, number);
            long is = Numbers.get(after, number);
            violations.unless(is >= was, "I1 " + number + " fell: " + was + " -> " + is);
        }
        Config was = Configs.of(before);
        Config is = Configs.of(after);
        violations.unless(
                is.version() >= was.version() && is.featureLevel() >= was.featureLevel(),
                "I1 the configuration went back: " + was + " -> " + is);
    }

    /// I18 and I19: what no event tells of has not happened. So a refusal changes nothing but the
    /// position, which is no row, the clock, and who leads.
    private void nothingUntold() {
        long told = historyEnd(before);
        long tells = historyEnd(after);
        violations.unless(tells >= told, "I18 history lost its end: " + told + " -> " + tells);
        if (tells == told) {
            // History does not keep that a coordinator goes on, nor that a server listens.
            Schema.TABLES.stream()
                    .filter(table -> !table.equals(Schema.SCOPE_LEASES))
                    .filter(table -> !table.equals(Schema.MEMBERS))
                    .filter(table -> !table.equals(Schema.NUMBERS))
                    .filter(table -> !LOGS.contains(table))
                    .forEach(table -> unchanged(table, rows(before, table), rows(after, table)));
            LOGS.forEach(log -> unchanged(log, ends(before, log), ends(after, log)));
            unchanged(Schema.NUMBERS, numbers(before), numbers(after));
        }
    }

    private void unchanged(Table<?, ?> table, List<?> was, List<?> is) {
        violations.unless(
                was.equals(is), "I19 " + table.name() + " changed, and history does not say so");
    }

    private static List<Long> ends(Reads view, Table<Long, ?> log) {
        try (var rows = view.scan(log, KeyRange.all())) {
            return rows.hasNext() ? List.of(rows.next().key(), end(view, log)) : List.of();
        }
    }

    private static List<Row<String, Long>> numbers(Reads view) {
        return rows(view, Schema.NUMBERS).stream()
                .filter(row -> !UNTOLD.contains(row.key()))
                .toList();
    }
}
