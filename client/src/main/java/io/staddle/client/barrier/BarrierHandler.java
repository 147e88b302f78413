package io.staddle.client.barrier;

import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Vote;

/// What a participant does about barriers. Its methods are called one at a time, in the order of
/// the log, on a thread that may be held up.
///
/// After a restart, or when an answer was lost, something may be told again: each is to do the same
/// for the same epoch.
public interface BarrierHandler {
    /// Makes durable what is needed to commit the barrier at any time later, also after a restart,
    /// and says so; or says why not. An exception is told as a failure.
    Vote prepare(BarrierRecord barrier);

    /// The barrier holds: what was prepared for its epoch is to be put into effect.
    void committed(BarrierRecord barrier);

    /// The barrier does not hold: what was prepared for its epoch is to be undone, if anything was.
    void aborted(BarrierRecord barrier);

    /// Decisions up to an epoch are forgotten that this participant may not have been told. Which
    /// barrier was committed last is known all the same.
    default void missed(BarrierScope scope) {}
}
