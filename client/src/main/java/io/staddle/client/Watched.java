package io.staddle.client;

import io.staddle.api.event.Event;
import io.staddle.api.id.Revision;
import io.staddle.api.model.Origin;

import java.util.List;

/// What a watch brings, in the order of the log.
public sealed interface Watched {
    /// Returns from where on a watch goes on that has seen this: nothing wanted is before it that
    /// was not brought.
    Revision resumeFrom();

    /// What one command did, all of it at once, as far as the filter lets it through.
    ///
    /// @param revision of the command; greater than that of the change before
    /// @param atMillis logical time in milliseconds since 1970
    /// @param origin who asked for it and why
    /// @param events in order, at least one unless this version knows none of them
    /// @param unknown how many events besides are of kinds that this version does not know
    record Change(Revision revision, long atMillis, Origin origin, List<Event> events, int unknown)
            implements Watched {
        /// Copies the list.
        public Change {
            events = List.copyOf(events);
        }

        @Override
        public Revision resumeFrom() {
            return new Revision(revision.index(), revision.ordinal() + 1);
        }
    }

    /// How far the watch has got: everything up to here was told.
    ///
    /// @param ageMillis nothing that was answered to anybody so long ago, or longer, is missing; -1
    ///     if that is unknown
    record Progress(Revision resumeFrom, long ageMillis) implements Watched {}

    /// This watch is slow: what comes was read again from history, and is older than it could be.
    /// Nothing is missing.
    ///
    /// @param newestIndex how far the log had got by then
    record Lagging(Revision resumeFrom, long newestIndex) implements Watched {}

    /// The end: what comes next is not kept any more. Whoever watches reads the state anew, and
    /// watches from the index after it.
    ///
    /// @param resumeFrom the first revision that was wanted and may be gone
    /// @param firstKeptIndex the first index that is kept
    record Trimmed(Revision resumeFrom, long firstKeptIndex) implements Watched {}
}
