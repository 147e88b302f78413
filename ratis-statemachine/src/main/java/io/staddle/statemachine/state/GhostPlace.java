package io.staddle.statemachine.state;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Ghost;
import io.staddle.storage.KeyRange;
import io.staddle.storage.KeyWriter;

/// The node where a ghost of a vShard is.
public record GhostPlace(VShardId vShard, NodeId source) {
    /// Returns the range of the places of the ghosts of a vShard.
    public static KeyRange ofVShard(VShardId vShard) {
        return KeyRange.prefix(new KeyWriter().number(vShard.value()).toBytes());
    }

    /// Returns the place of a ghost.
    public static GhostPlace of(Ghost ghost) {
        return new GhostPlace(ghost.vShard(), ghost.source());
    }
}
