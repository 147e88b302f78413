package io.staddle.statemachine.state;

import io.staddle.api.event.RecordedEvent;

import java.util.List;

/// The events of one log entry, in order.
///
/// @param bytesBefore [Numbers#HISTORY_BYTES] before this entry; 0 while they are not counted
public record EntryEvents(long bytesBefore, List<RecordedEvent> events) {
    /// Copies the list.
    public EntryEvents {
        events = List.copyOf(events);
    }
}
