package io.staddle.server.events;

import io.staddle.statemachine.query.EventPage;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

/// Reads what happened from history, a stretch at a time.
final class HistoryReader {
    /// So many that a page is worth its cost, and so few that it is small.
    private static final int EVENTS_MAX = 512;

    private HistoryReader() {}

    /// What a reading brings.
    sealed interface Reading {
        /// The next stretch.
        record Read(Stretch stretch) implements Reading {}

        /// Some of it is gone.
        ///
        /// @param firstKept the first index that is kept
        record Trimmed(long firstKept) implements Reading {}
    }

    /// Returns what happened after `index`, as far as the view goes, but no more than a page.
    static Reading after(long index, View view) {
        EventPage page = new Queries(view).events(index, EVENTS_MAX);
        if (page.firstKept() > index + 1) {
            return new Reading.Trimmed(page.firstKept());
        }
        return new Reading.Read(
                Stretch.of(
                        index,
                        page.throughIndex(view.applied().index()),
                        page.events().stream().map(Happening::of).toList()));
    }
}
