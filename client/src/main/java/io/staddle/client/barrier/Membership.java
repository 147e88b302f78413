package io.staddle.client.barrier;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;

/// Who takes part in what.
///
/// @param incarnation which life of the node: higher after each restart, for example the time at
///     its start. If the node is registered as a data node, the one it is registered with
/// @param toldEpoch the last epoch whose decision it has put into effect, as it knows from what it
///     has made durable; 0 for none; [#NOTHING_MISSED] for one that is new
public record Membership(ScopeId scope, NodeId node, long incarnation, long toldEpoch) {
    /// Of a participant that is new: no decision of before is its business.
    public static final long NOTHING_MISSED = -1;
}
