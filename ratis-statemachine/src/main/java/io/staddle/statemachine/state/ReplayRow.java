package io.staddle.statemachine.state;

import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayWrite;

/// An entry of a replay queue as it is kept.
///
/// @param atMillis when it was appended, logical time in milliseconds since 1970
/// @param bytesThrough the bytes of all entries that ever were in the queue, up to and including
///     this one: so what is between two places is known without a walk
public record ReplayRow(ReplayWrite write, long atMillis, long bytesThrough) {
    /// Returns the entry that it is at a place.
    public ReplayEntry at(long seq) {
        return new ReplayEntry(seq, write, atMillis);
    }
}
