package io.staddle.dataplane.ratis;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.NodeAddress;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// How a data node runs Ratis.
///
/// @param deployment the same for all nodes; part of the names of groups
/// @param directory where logs and snapshots are
/// @param addresses where Ratis of each node is reached, this one included; asked again and again
/// @param election how long a voter waits for a leader before it wants to be one, at least; at most
///     twice as long. 100 ms to 1 min
public record RatisNode(
        String deployment,
        NodeId node,
        Path directory,
        Supplier<Map<NodeId, NodeAddress>> addresses,
        Duration election) {
    /// Refuses a time that cannot work.
    public RatisNode {
        if (election.toMillis() < 100 || election.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "election must be 100 ms to 1 min, but is " + election);
        }
    }
}
