package io.staddle.statemachine.query;

import io.staddle.api.event.RecordedEvent;

import java.util.List;

/// Events of history, the oldest first, whole entries at a time.
///
/// @param firstKept the first index that is kept; 0 if nothing was ever trimmed
/// @param last whether there were no more in the state that was asked
public record EventPage(List<RecordedEvent> events, long firstKept, boolean last) {
    /// Copies the events.
    public EventPage {
        events = List.copyOf(events);
    }

    /// Returns the index up to which nothing is missing that is kept.
    ///
    /// @param newest the index of the state that was asked
    public long throughIndex(long newest) {
        return last ? newest : events.getLast().revision().index();
    }
}
