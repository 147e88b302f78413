package io.staddle.statemachine.state;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Ghost;

/// The node where a ghost of a vShard is.
public record GhostPlace(VShardId vShard, NodeId source) {
    /// Returns the place of a ghost.
    public static GhostPlace of(Ghost ghost) {
        return new GhostPlace(ghost.vShard(), ghost.source());
    }
}
