package io.staddle.cli.node;

import io.staddle.api.id.GroupId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.RoutingDelta;

import java.util.List;
import java.util.function.Predicate;

/// What a data node has to do with groups and vShards.
///
/// @param groups it is in, or has not left
/// @param serves what it is the leaseholder of
record NodeShare(NodeRecord node, List<GroupRecord> groups, List<VShardRecord> serves) {
    static NodeShare of(NodeRecord node, RoutingDelta routing) {
        return new NodeShare(
                node,
                routing.groups().stream()
                        .filter(group ->
                                group.has(node.id()) || group.removalOf(node.id()).isPresent())
                        .toList(),
                routing.vShards().stream()
                        .filter(vShard -> vShard.leaseholder().equals(node.id()))
                        .toList());
    }

    List<GroupId> votesIn() {
        return where(group -> group.voters().contains(node.id()));
    }

    List<GroupId> learnsIn() {
        return where(group -> group.learners().contains(node.id()));
    }

    List<GroupId> leaves() {
        return where(group -> group.removalOf(node.id()).isPresent());
    }

    List<GroupId> leads() {
        return where(group -> group.leader().filter(node.id()::equals).isPresent());
    }

    private List<GroupId> where(Predicate<GroupRecord> holds) {
        return groups.stream().filter(holds).map(GroupRecord::id).toList();
    }
}
