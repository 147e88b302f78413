package io.staddle.statemachine.query;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.RoutingDelta;
import io.staddle.statemachine.routing.Routing;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;

/// Answers questions about data nodes, groups and vShards. All of it is in memory.
public final class RoutingQueries {
    private final Reads view;

    /// Answers from the state that `view` shows.
    public RoutingQueries(Reads view) {
        this.view = view;
    }

    /// Returns all nodes, sorted.
    public List<NodeRecord> nodes() {
        return view.values(Schema.NODES);
    }

    /// Returns a node.
    public Optional<NodeRecord> node(NodeId id) {
        return view.get(Schema.NODES, id);
    }

    /// Returns a group.
    public Optional<GroupRecord> group(GroupId id) {
        return view.get(Schema.GROUPS, id);
    }

    /// Returns the groups that a node votes or learns in, or has not left; sorted.
    public List<GroupRecord> groupsOf(NodeId node) {
        return Routing.groupsOf(node, view);
    }

    /// Returns a vShard.
    public Optional<VShardRecord> vShard(VShardId id) {
        return view.get(Schema.V_SHARDS, id);
    }

    /// Returns the vShard that a key belongs to; empty if routing was not initialised.
    public Optional<VShardRecord> route(String key) {
        return layout().flatMap(layout -> vShard(VShardId.ofKey(key, layout.vShards())));
    }

    /// Returns how routing was initialised.
    public Optional<RoutingLayout> layout() {
        return view.get(Schema.ROUTING, Schema.ONLY);
    }

    /// Returns what has changed of routing after an index of the log; everything for 0.
    public RoutingDelta changesAfter(long index) {
        return new RoutingDelta(
                layout(),
                nodes(),
                Routing.groups(view).stream()
                        .filter(each -> each.changed().revision().index() > index)
                        .toList(),
                Routing.vShards(view).stream()
                        .filter(each -> each.changed().revision().index() > index)
                        .toList());
    }
}
