package io.staddle.api.query;

import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;

import java.util.List;
import java.util.Optional;

/// What routing is made of, or what has changed of it since an index of the log.
///
/// Whoever has the table of an index gets the one of the answer's index by putting these rows over
/// it: none is ever removed.
///
/// @param layout empty if routing was not initialised
/// @param nodes all of them, always; sorted
/// @param groups those that have changed; sorted
/// @param vShards those that have changed; sorted
public record RoutingDelta(
        Optional<RoutingLayout> layout,
        List<NodeRecord> nodes,
        List<GroupRecord> groups,
        List<VShardRecord> vShards) {
    /// Copies the lists.
    public RoutingDelta {
        nodes = List.copyOf(nodes);
        groups = List.copyOf(groups);
        vShards = List.copyOf(vShards);
    }
}
