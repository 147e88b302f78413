package io.staddle.client;

import io.staddle.api.event.RecordedEvent;

import java.util.List;

/// A page of history.
///
/// @param events the oldest first, those of an entry never divided
/// @param firstKeptIndex the first index that is kept
/// @param trimmed whether some of what was asked for is gone: [#firstKeptIndex] says how far
/// @param throughIndex nothing that is kept and wanted is missing up to here: where the next page
///     begins
/// @param newestIndex of the state that answered; the last page goes through it
public record EventPage(
        List<RecordedEvent> events,
        long firstKeptIndex,
        boolean trimmed,
        long throughIndex,
        long newestIndex) {
    /// Copies the list.
    public EventPage {
        events = List.copyOf(events);
    }

    /// Tells whether nothing follows.
    public boolean isLast() {
        return throughIndex >= newestIndex;
    }
}
