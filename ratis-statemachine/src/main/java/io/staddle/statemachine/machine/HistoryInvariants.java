package io.staddle.statemachine.machine;

import io.staddle.api.event.RecordedEvent;
import io.staddle.statemachine.history.HistoryBytes;
import io.staddle.statemachine.state.EntryEvents;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;

import java.util.Comparator;
import java.util.List;

/// What must hold of history: see [Invariants].
final class HistoryInvariants {
    private final Reads view;
    private final List<Row<Long, EntryEvents>> rows;
    private final Violations violations = new Violations();

    private HistoryInvariants(Reads view) {
        this.view = view;
        rows = Transitions.rows(view, Schema.HISTORY);
    }

    static List<String> violations(Reads view) {
        HistoryInvariants check = new HistoryInvariants(view);
        check.events();
        check.bytes();
        return check.violations.toList();
    }

    /// I18: events stand in the order of commands, every command's together, at one time.
    private void events() {
        long atMillis = 0;
        for (var row : rows) {
            List<RecordedEvent> events = row.value().events();
            violations.unless(
                    !events.isEmpty(), "I18 entry " + row.key() + " is in history without events");
            violations.unless(
                    events.stream()
                            .map(event -> event.revision().ordinal())
                            .toList()
                            .equals(
                                    events.stream()
                                            .map(event -> event.revision().ordinal())
                                            .sorted(Comparator.naturalOrder())
                                            .toList()),
                    "I18 the events of entry " + row.key() + " are out of order");
            for (RecordedEvent event : events) {
                violations.unless(
                        event.atMillis() >= atMillis,
                        "I18 time goes back in history at entry " + row.key());
                atMillis = Math.max(atMillis, event.atMillis());
            }
        }
        violations.unless(
                atMillis <= Numbers.get(view, Numbers.LOGICAL_NOW),
                "I18 history is ahead of the clock");
    }

    /// I18: what is counted is what is there, but for entries from before they were counted.
    private void bytes() {
        long total = Numbers.get(view, Numbers.HISTORY_BYTES);
        long sum = 0;
        for (int i = 0; i < rows.size(); i++) {
            long before = rows.get(i).value().bytesBefore();
            long after = i + 1 < rows.size() ? rows.get(i + 1).value().bytesBefore() : total;
            if (after > 0) {
                long bytes = bytes(rows.get(i));
                sum += bytes;
                violations.unless(
                        after - before == bytes,
                        "I18 entry "
                                + rows.get(i).key()
                                + " has "
                                + bytes
                                + " bytes of history, counted are "
                                + (after - before));
            }
        }
        violations.unless(
                HistoryBytes.kept(view) == sum,
                "I18 history has " + sum + " bytes, counted are " + HistoryBytes.kept(view));
    }

    private long bytes(Row<Long, EntryEvents> row) {
        long key = Schema.HISTORY.keys().encode(row.key()).length;
        long undone =
                view.get(Schema.UNDO, row.key())
                        .map(undo -> key + Schema.UNDO.values().encode(undo).length)
                        .orElse(0L);
        return key + Schema.HISTORY.values().encode(row.value()).length + undone;
    }
}
