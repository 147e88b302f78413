package io.staddle.api.model;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;

/// What was found out about a ghost.
///
/// @param seenVersion the ghost that was looked at: one that has changed since stays
public record GhostVerdict(VShardId vShard, NodeId source, Finding finding, long seenVersion) {
    /// Whether a ghost is needed.
    public enum Finding {
        /// Somebody still comes to the source.
        KEEP,
        /// Nobody does.
        PURGE,
        /// The nodes could not be asked.
        INCONCLUSIVE
    }
}
