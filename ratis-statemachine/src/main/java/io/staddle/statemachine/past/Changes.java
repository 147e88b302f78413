package io.staddle.statemachine.past;

import io.staddle.api.event.RecordedEvent;
import io.staddle.api.id.Revision;
import io.staddle.statemachine.state.EntryEvents;
import io.staddle.statemachine.state.Schema;
import io.staddle.statemachine.state.Versioned;
import io.staddle.storage.Table;
import io.staddle.storage.View;

import java.util.ArrayList;
import java.util.List;

/// Which commands have changed a row, and what they said.
public final class Changes {
    private final View view;
    private final UndoIndex index;

    /// @param view the present
    public Changes(View view, UndoIndex index) {
        this.view = view;
        this.index = index;
    }

    /// Returns the newest commands that changed a row, the newest first; all that are kept if they
    /// are fewer than `max`.
    public <K> List<Revision> of(Table<K, ?> table, K key, int max) {
        return index.changes(Versioned.number(table), table.keys().encode(key), max, view);
    }

    /// Returns what history keeps of a command, in order; nothing if it keeps none of it.
    public List<RecordedEvent> events(Revision revision) {
        List<RecordedEvent> events = new ArrayList<>();
        view.get(Schema.HISTORY, revision.index())
                .map(EntryEvents::events)
                .orElseGet(List::of)
                .forEach(each -> {
                    if (each.revision().ordinal() == revision.ordinal()) {
                        events.add(
                                new RecordedEvent(
                                        revision, each.atMillis(), each.origin(), each.event()));
                    }
                });
        return events;
    }
}
