package io.staddle.server.grpc;

import io.staddle.statemachine.query.Queries;
import io.staddle.storage.LogPosition;
import io.staddle.storage.View;

import java.time.InstantSource;

/// The time that answers count from: this server's, but not before that of the state.
///
/// A state in which nothing happened for an hour has a clock that is an hour old.
final class Clock {
    private final InstantSource source;
    private volatile Reading last = new Reading(LogPosition.NONE, 0);

    /// What the state at a position says, so that it is read once for many answers.
    private record Reading(LogPosition position, long millis) {}

    Clock(InstantSource source) {
        this.source = source;
    }

    /// Returns the milliseconds since 1970 for an answer on `view`.
    long millis(View view) {
        Reading known = last;
        LogPosition position = view.applied();
        if (!known.position().equals(position)) {
            known = new Reading(position, new Queries(view).logicalNowMillis());
            last = known;
        }
        return Math.max(source.millis(), known.millis());
    }
}
