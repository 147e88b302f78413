package io.staddle.client.barrier;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;

/// Who takes part in what.
///
/// @param incarnation which life of the node: higher after each restart, for example the time at
///     its start. If the node is registered as a data node, the one it is registered with
/// @param toldEpoch the last epoch whose decision it has put into effect, as it knows from what it
///     has made durable; 0 for none
public record Membership(ScopeId scope, NodeId node, long incarnation, long toldEpoch) {}
