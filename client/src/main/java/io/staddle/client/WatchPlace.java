package io.staddle.client;

import io.staddle.api.codec.ModelCodec;
import io.staddle.api.id.Revision;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.WatchAnswer;

import java.util.Optional;

/// How far a watch has got, and what may come next: never back, never twice.
final class WatchPlace {
    private Optional<Revision> next;

    /// @param from empty until a server has said where it begins
    WatchPlace(Optional<Revision> from) {
        this.next = from;
    }

    /// Returns the first revision that has not come yet.
    Optional<Revision> next() {
        return next;
    }

    /// Goes on to after an answer.
    ///
    /// @throws StaddleProtocolException if it brings what came before, or something out of order
    void pass(WatchAnswer answer) {
        Revision after = new Revision(answer.getThroughIndex() + 1, 0);
        Revision last = next.orElse(Revision.NONE);
        for (Event event : answer.getEventsList()) {
            Revision revision = ModelCodec.decode(event.getRevision());
            if (revision.compareTo(last) < 0 || revision.compareTo(after) >= 0) {
                throw new StaddleProtocolException(
                        "expected an event from " + last + " to " + after + ", found " + revision);
            }
            last = revision;
        }
        if (next.isEmpty() || after.compareTo(next.get()) > 0) {
            next = Optional.of(after);
        }
    }
}
