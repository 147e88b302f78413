package io.staddle.api.event;

import io.staddle.api.id.MoveId;
import io.staddle.api.model.Beat;
import io.staddle.api.model.Suspicion;

/// From what the health of a cluster is known: who saw what.
public sealed interface StateCause {
    /// It was heard.
    record Heard(Beat beat) implements StateCause {}

    /// It was not heard.
    record Silent(Suspicion suspicion) implements StateCause {}

    /// It leaves in good order.
    record Drained() implements StateCause {}

    /// It was demoted.
    record FailedOver(MoveId failover) implements StateCause {}

    /// It was taken back in.
    ///
    /// @param failover the one that this closes
    record Readmitted(MoveId failover) implements StateCause {}
}
