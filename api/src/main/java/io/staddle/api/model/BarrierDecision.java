package io.staddle.api.model;

import io.staddle.api.id.NodeId;

import java.util.List;
import java.util.OptionalLong;

/// How a barrier was decided. It never changes.
public sealed interface BarrierDecision {
    /// It was not.
    record Open() implements BarrierDecision {}

    /// It holds.
    ///
    /// @param watermark the lowest of its acknowledgements, as the policy has it
    /// @param scopeWatermark that of the scope since then
    /// @param atMillis logical time in milliseconds since 1970
    record Committed(OptionalLong watermark, OptionalLong scopeWatermark, long atMillis)
            implements BarrierDecision {}

    /// It does not hold.
    ///
    /// @param nodes who failed, was lost or restarted; of a barrier that timed out, who has not
    ///     voted. Sorted
    /// @param atMillis logical time in milliseconds since 1970
    record Aborted(BarrierAbortCode code, String reason, List<NodeId> nodes, long atMillis)
            implements BarrierDecision {
        /// Copies the list.
        public Aborted {
            nodes = List.copyOf(nodes);
        }
    }
}
