package io.staddle.api.query;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeState;

/// What a node has, and what it would have.
///
/// @param vShards how many it serves
/// @param vShardsThen how many it would serve when the whole plan was carried out
/// @param replicas in how many groups it votes
/// @param replicasThen in how many it would
public record NodeLoad(
        NodeId node,
        NodeState state,
        int vShards,
        int vShardsThen,
        int replicas,
        int replicasThen) {}
