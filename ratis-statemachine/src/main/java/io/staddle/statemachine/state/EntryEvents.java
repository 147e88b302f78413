package io.staddle.statemachine.state;

import io.staddle.api.event.RecordedEvent;

import java.util.List;

/// The events of one log entry, in order.
public record EntryEvents(List<RecordedEvent> events) {
    /// Copies the list.
    public EntryEvents {
        events = List.copyOf(events);
    }
}
