package io.staddle.api.model;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;

import java.util.List;

/// How routing was initialised. The number of vShards never changes.
///
/// @param vShards how many there are, 1 to [VShardId#COUNT_MAX]
/// @param groups over how many groups they are spread, at most as many
/// @param replicationFactor how many voters a group has, 1 to 9
/// @param nodes over which the groups were spread, in this order; 1 to 1,000, each once
public record RoutingLayout(int vShards, int groups, int replicationFactor, List<NodeId> nodes) {
    /// Refuses what cannot be a layout, and copies the list.
    ///
    /// @throws MalformedException if a number is out of range
    public RoutingLayout {
        inRange("vShards", vShards, VShardId.COUNT_MAX);
        inRange("groups", groups, Math.min(vShards, GroupId.MAX));
        inRange("replication factor", replicationFactor, 9);
        inRange("nodes", nodes.size(), 1_000);
        if (nodes.stream().distinct().count() != nodes.size()) {
            throw new MalformedException(
                    new Expectation("nodes", "different from each other", nodes.toString()));
        }
        nodes = List.copyOf(nodes);
    }

    private static void inRange(String field, int value, int max) {
        if (value < 1 || value > max) {
            throw new MalformedException(
                    new Expectation(field, "1 to " + max, Integer.toString(value)));
        }
    }
}
