package io.staddle.api.model;

import io.staddle.api.id.NodeId;

/// What is known of a data node.
///
/// @param incarnation which life of the node this is: higher after each restart
/// @param seenMillis when it was last heard, in logical time; only now and then brought up to date
/// @param version grows with each change but for what is heard of it
/// @param leaves whether it leaves for good: it is DECOMMISSIONED once it is in no group any more
public record NodeRecord(
        NodeId id,
        NodeAddress address,
        long incarnation,
        NodeState state,
        long seenMillis,
        long version,
        boolean leaves) {
    /// Returns it in another state. Who is ACTIVE again stays.
    public NodeRecord in(NodeState next) {
        return new NodeRecord(
                id,
                address,
                incarnation,
                next,
                seenMillis,
                version + 1,
                leaves && next != NodeState.ACTIVE);
    }

    /// Returns it as it drains, to leave for good.
    public NodeRecord leaving() {
        return new NodeRecord(
                id, address, incarnation, NodeState.DRAINING, seenMillis, version + 1, true);
    }

    /// Returns it as it registered again.
    public NodeRecord registered(NodeAddress at, long again, long nowMillis) {
        return new NodeRecord(
                id, at, again, state, Math.max(seenMillis, nowMillis), version + 1, leaves);
    }

    /// Returns it as heard then, or later.
    public NodeRecord heard(long atMillis) {
        return new NodeRecord(
                id, address, incarnation, state, Math.max(seenMillis, atMillis), version, leaves);
    }
}
