package io.staddle.server.grpc;

import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.InstantSource;

/// The time that answers count from: this server's, but not before that of the state.
///
/// A state in which nothing happened for an hour has a clock that is an hour old.
record Clock(InstantSource source) {
    /// Returns the milliseconds since 1970 for an answer on `view`.
    long millis(View view) {
        return Math.max(source.millis(), new Queries(view).logicalNowMillis());
    }
}
