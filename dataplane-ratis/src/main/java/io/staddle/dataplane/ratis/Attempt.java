package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.client.migration.Move;

/// What the log of a group has to know of a move.
record Attempt(VShardId vShard, long number, NodeId target, Membership before) {
    static Attempt of(Move move) {
        return new Attempt(move.vShard(), move.number(), move.target(), move.before());
    }
}
