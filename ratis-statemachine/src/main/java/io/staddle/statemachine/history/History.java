package io.staddle.statemachine.history;

import io.staddle.api.event.RecordedEvent;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.EntryEvents;
import io.staddle.statemachine.state.EntryUndo;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;
import io.staddle.storage.KeyRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps the events of every entry and what it has overwritten, and lets the oldest go: when there
/// are too many entries, or too many events or bytes in them, or they are too old.
public final class History {
    /// Trimming waits until this share of what is kept can go at once: it costs one range deletion.
    private static final long TRIM_SHARE = 10;

    /// How many events there are from one mark to the next.
    private static final long EVENTS_OF_MARK = 1_024;

    /// How much of the time for which events are kept passes before it is looked for older ones.
    private static final long AGE_SHARE = 100;

    private History() {}

    /// Appends the events of the entry at `index`, if there are any, and what it has overwritten,
    /// and trims what is too old.
    public static void append(long index, List<RecordedEvent> events, EntryUndo undo, Batch batch) {
        if (events.isEmpty() && undo.rows().isEmpty()) {
            return;
        }
        long bytesBefore = Numbers.get(batch, Numbers.HISTORY_BYTES);
        long bytes = keep(index, undo, batch);
        if (!events.isEmpty()) {
            bytes += batch.append(Schema.HISTORY, index, new EntryEvents(bytesBefore, events));
        }
        if (HistoryBytes.areCounted(batch)) {
            batch.put(Schema.NUMBERS, Numbers.HISTORY_BYTES, bytesBefore + bytes);
        }
        if (!events.isEmpty()) {
            trim(index, events, batch);
        }
    }

    /// @return how many bytes the row has; 0 if there is none
    private static int keep(long index, EntryUndo undo, Batch batch) {
        if (undo.rows().isEmpty()) {
            return 0;
        }
        if (Numbers.get(batch, Numbers.UNDO_SINCE) == 0) {
            batch.put(Schema.NUMBERS, Numbers.UNDO_SINCE, index - 1);
        }
        return batch.append(Schema.UNDO, index, undo);
    }

    private static void trim(long index, List<RecordedEvent> events, Batch batch) {
        long before = Numbers.get(batch, Numbers.HISTORY_EVENTS);
        long total = before + events.size();
        batch.put(Schema.NUMBERS, Numbers.HISTORY_EVENTS, total);
        for (long mark = mark(before) + 1; mark <= mark(total); mark++) {
            batch.put(Schema.HISTORY_MARKS, mark, index);
        }
        Config config = Configs.of(batch);
        trimEntries(index, config.get(Setting.HISTORY_ENTRIES_MAX), batch);
        trimEvents(total, config.get(Setting.HISTORY_EVENTS_MAX), batch);
        long keptMillis = config.get(Setting.HISTORY_MILLIS_MAX);
        trimByAge(index, events.getLast().atMillis(), keptMillis, batch);
        trimBytes(index, config.get(Setting.HISTORY_BYTES_MAX), batch);
    }

    /// Looks only when a hundredth of the time has passed: it costs some readings.
    private static void trimByAge(long index, long nowMillis, long keptMillis, Batch batch) {
        if (keptMillis == 0) {
            return;
        }
        long pause = Math.max(1, keptMillis / AGE_SHARE);
        long look = Numbers.get(batch, Numbers.HISTORY_LOOK);
        // It was set for a longer time, if it is that far off.
        if (nowMillis < look && look <= nowMillis + pause) {
            return;
        }
        batch.put(Schema.NUMBERS, Numbers.HISTORY_LOOK, nowMillis + pause);
        trim(HistoryAge.firstSince(nowMillis - keptMillis, index, batch), batch);
    }

    private static void trimEntries(long index, long kept, Batch batch) {
        long next = index + 1 - kept;
        if (next - Numbers.get(batch, Numbers.HISTORY_FIRST) > kept / TRIM_SHARE) {
            trim(next, batch);
        }
    }

    private static void trimEvents(long total, long kept, Batch batch) {
        if (total <= kept + kept / TRIM_SHARE) {
            return;
        }
        long last = mark(total - kept);
        // After the first trimming there is a mark each time that much more has come.
        Optional<Long> oldest = oldestMark(batch);
        if (oldest.isPresent() && (last - oldest.get()) * EVENTS_OF_MARK > kept / TRIM_SHARE) {
            batch.get(Schema.HISTORY_MARKS, last).ifPresent(index -> trim(index + 1, batch));
        }
    }

    /// Never above the bound: when it is passed, a tenth of it goes as well.
    private static void trimBytes(long index, long max, Batch batch) {
        if (max > 0 && HistoryBytes.kept(batch) > max) {
            trim(HistoryBytes.firstWithin(max - max / TRIM_SHARE, index, batch), batch);
        }
    }

    /// Lets go of the entries before `first`, and of the marks at them.
    private static void trim(long first, Batch batch) {
        if (first <= Numbers.get(batch, Numbers.HISTORY_FIRST)) {
            return;
        }
        batch.trim(Schema.HISTORY, first);
        batch.trim(Schema.UNDO, first);
        batch.put(Schema.NUMBERS, Numbers.HISTORY_FIRST, first);
        marksBefore(first, batch).forEach(mark -> batch.delete(Schema.HISTORY_MARKS, mark));
        long gone = HistoryBytes.goneBefore(first, batch);
        if (gone > 0) {
            batch.put(Schema.NUMBERS, Numbers.HISTORY_BYTES_GONE, gone);
        }
    }

    private static List<Long> marksBefore(long first, Batch batch) {
        List<Long> marks = new ArrayList<>();
        try (var rows = batch.scan(Schema.HISTORY_MARKS, KeyRange.all())) {
            while (rows.hasNext()) {
                var row = rows.next();
                if (row.value() >= first) {
                    break;
                }
                marks.add(row.key());
            }
        }
        return marks;
    }

    private static Optional<Long> oldestMark(Batch batch) {
        try (var rows = batch.scan(Schema.HISTORY_MARKS, KeyRange.all())) {
            return rows.hasNext() ? Optional.of(rows.next().key()) : Optional.empty();
        }
    }

    private static long mark(long events) {
        return events / EVENTS_OF_MARK;
    }
}
