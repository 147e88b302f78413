package io.staddle.statemachine.state;

import io.staddle.api.id.BarrierId;
import io.staddle.api.id.NodeId;
import io.staddle.storage.KeyRange;
import io.staddle.storage.KeyWriter;

/// The place of a node among the participants of a barrier.
public record BarrierSeat(BarrierId barrier, NodeId node) {
    /// Returns the range of the seats of a barrier, by node.
    public static KeyRange of(BarrierId barrier) {
        return KeyRange.prefix(
                new KeyWriter().text(barrier.scope().value()).number(barrier.epoch()).toBytes());
    }
}
