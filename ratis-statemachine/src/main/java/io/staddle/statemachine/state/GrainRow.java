package io.staddle.statemachine.state;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.HoldingId;
import io.staddle.api.model.Since;

/// A grain as it was last written. Who owns it now also depends on what became of its holding: see
/// [Ownerships].
///
/// @param epoch the epoch when the row was written
public record GrainRow(Place place, Epoch epoch, Since since) {

    /// Where the grain is.
    public sealed interface Place {
        /// In a holding: whoever owns the holding owns the grain.
        ///
        /// @param shift the holding's shift when the row was written
        /// @param leaseUntilMillis logical time; 0 for no lease
        record InHolding(HoldingId holding, long shift, long leaseUntilMillis) implements Place {}

        /// Nowhere: released. The row stays as a tombstone, for its epoch.
        record Free(ClusterId lastOwner) implements Place {}
    }
}
