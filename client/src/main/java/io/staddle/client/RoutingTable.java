package io.staddle.client;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.RoutingDelta;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who served what at an index of the log. It never changes: a newer one is another value.
///
/// @param index of the state that it shows; 0 for [#EMPTY]
/// @param layout empty if routing was not initialised then
/// @param nodes sorted, as are the groups and the vShards
public record RoutingTable(
        long index,
        Optional<RoutingLayout> layout,
        Map<NodeId, NodeRecord> nodes,
        Map<GroupId, GroupRecord> groups,
        Map<VShardId, VShardRecord> vShards) {
    /// Shows nothing.
    public static final RoutingTable EMPTY =
            new RoutingTable(0, Optional.empty(), Map.of(), Map.of(), Map.of());

    /// Returns what stood at the index of `changes`, if they are those since the index of this one.
    /// An answer of an older state changes nothing.
    public RoutingTable with(Observed<RoutingDelta> changes) {
        if (changes.header().index() < index) {
            return this;
        }
        RoutingDelta delta = changes.value();
        Map<NodeId, NodeRecord> known = new TreeMap<>();
        delta.nodes().forEach(node -> known.put(node.id(), node));
        Map<GroupId, GroupRecord> members = new TreeMap<>(groups);
        delta.groups().forEach(group -> members.put(group.id(), group));
        Map<VShardId, VShardRecord> served = new TreeMap<>(vShards);
        delta.vShards().forEach(vShard -> served.put(vShard.id(), vShard));
        return new RoutingTable(
                changes.header().index(),
                delta.layout(),
                Collections.unmodifiableMap(known),
                Collections.unmodifiableMap(members),
                Collections.unmodifiableMap(served));
    }

    /// Returns who served a key; empty if routing was not initialised.
    public Optional<VShardRecord> locate(String key) {
        return layout.map(made -> VShardId.ofKey(key, made.vShards()))
                .flatMap(id -> Optional.ofNullable(vShards.get(id)));
    }
}
