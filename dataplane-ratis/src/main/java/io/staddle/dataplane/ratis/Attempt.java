package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.client.migration.Move;

/// What the log of a group has to know of a move.
record Attempt(VShardId vShard, long number, NodeId target, Membership before) {
    /// Names a node alone, to look at what it is.
    static Attempt none(NodeId node) {
        return new Attempt(new VShardId(0), 0, node, Membership.NONE);
    }

    static Attempt of(Move move) {
        return new Attempt(move.vShard(), move.number(), move.target(), move.before());
    }
}
