package io.staddle.statemachine.query;

import io.staddle.api.event.RecordedEvent;

import java.util.List;

/// Events of history, the oldest first, whole entries at a time.
///
/// @param firstKept the first index that is kept; 0 if nothing was ever trimmed
public record EventPage(List<RecordedEvent> events, long firstKept) {
    /// Copies the events.
    public EventPage {
        events = List.copyOf(events);
    }
}
