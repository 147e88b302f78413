package io.staddle.statemachine.routing;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.refusal.Refusal;

import java.util.Optional;

/// Refusals that the rules about nodes, groups and vShards share.
final class RoutingRefusals {
    private RoutingRefusals() {}

    static Refusal notFound(NodeId node) {
        return new Refusal.NotFound("node", node.value());
    }

    static Refusal notFound(GroupId group) {
        return new Refusal.NotFound("group", group.toString());
    }

    static Refusal notFound(VShardId vShard) {
        return new Refusal.NotFound("vShard", vShard.toString());
    }

    static Refusal versionConflict(NodeRecord node, long seen) {
        return new Refusal.VersionConflict("node", node.id().value(), seen, node.version());
    }

    static Refusal illegal(NodeRecord node, Enum<?> to) {
        return new Refusal.IllegalTransition(
                "node", node.id().value(), node.state().name(), to.name());
    }

    /// Refuses to take a voter away if the group would have fewer than it is meant to have.
    static Optional<Refusal> wouldViolateRf(NodeId node, GroupRecord group) {
        int left = group.voters().size() - 1;
        return group.voters().contains(node) && left < group.replicationFactor()
                ? Optional.of(
                        new Refusal.WouldViolateRf(
                                node, group.id(), left, group.replicationFactor()))
                : Optional.empty();
    }
}
