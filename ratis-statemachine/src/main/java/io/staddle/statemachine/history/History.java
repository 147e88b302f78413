package io.staddle.statemachine.history;

import io.staddle.api.event.RecordedEvent;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.EntryEvents;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Batch;

import java.util.List;

/// Keeps the events of every entry, and lets the oldest go.
public final class History {
    /// Trimming waits until this share of what is kept can go at once: it costs one range deletion.
    private static final long TRIM_SHARE = 10;

    private History() {}

    /// Appends the events of the entry at `index`, if there are any, and trims what is too old.
    public static void append(long index, List<RecordedEvent> events, Batch batch) {
        if (events.isEmpty()) {
            return;
        }
        batch.append(Schema.HISTORY, index, new EntryEvents(events));
        long kept = Configs.of(batch).get(Setting.HISTORY_ENTRIES_MAX);
        long first = Numbers.get(batch, Numbers.HISTORY_FIRST);
        long next = index + 1 - kept;
        if (next - first > kept / TRIM_SHARE) {
            batch.trim(Schema.HISTORY, next);
            batch.put(Schema.NUMBERS, Numbers.HISTORY_FIRST, next);
        }
    }
}
