package io.staddle.api.codec;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Engagement;
import io.staddle.api.model.GroupChange;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.ObservedConfig;
import io.staddle.api.model.Removal;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.Writes;
import io.staddle.api.v1.Group;
import io.staddle.api.v1.VShard;

import java.util.List;
import java.util.Optional;

/// Codec of groups and vShards.
///
/// Every `decode` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class RoutingCodec {
    private RoutingCodec() {}

    /// Encodes a group.
    public static Group encode(GroupRecord group) {
        return Group.newBuilder()
                .setId(group.id().value())
                .addAllVoters(names(group.voters()))
                .addAllLearners(names(group.learners()))
                .setLeader(name(group.leader()))
                .setLeaderTerm(group.leaderTerm())
                .setReplicationFactor(group.replicationFactor())
                .setConfigVersion(group.configVersion())
                .addAllObserved(group.observed().stream().map(RoutingCodec::encode).toList())
                .addAllRemovals(group.removals().stream().map(RoutingCodec::encode).toList())
                .setChanged(ModelCodec.encode(group.changed().revision()))
                .setChangedMillis(group.changed().atMillis())
                .build();
    }

    /// Decodes a group.
    public static GroupRecord decode(Group group) {
        return new GroupRecord(
                new GroupId(group.getId()),
                nodes(group.getVotersList()),
                nodes(group.getLearnersList()),
                optionalNode(group.getLeader()),
                group.getLeaderTerm(),
                group.getReplicationFactor(),
                group.getConfigVersion(),
                group.getObservedList().stream().map(RoutingCodec::decode).toList(),
                group.getRemovalsList().stream().map(RoutingCodec::decode).toList(),
                ModelCodec.since(group.getChanged(), group.getChangedMillis()));
    }

    /// Encodes a vShard.
    public static VShard encode(VShardRecord vShard) {
        VShard.Builder encoded =
                VShard.newBuilder()
                        .setId(vShard.id().value())
                        .setGroup(vShard.group().value())
                        .setLeaseholder(vShard.leaseholder().value())
                        .setEpoch(vShard.epoch().value())
                        .setMigrations(vShard.migrations())
                        .setChanged(ModelCodec.encode(vShard.changed().revision()))
                        .setChangedMillis(vShard.changed().atMillis());
        switch (vShard.writes()) {
            case Writes.Open open -> {}
            case Writes.Paused(var until) -> encoded.setPausedUntilMillis(until);
        }
        switch (vShard.engagement()) {
            case Engagement.Free free -> {}
            case Engagement.Migrating(var migration) -> encoded.setMigrating(migration.value());
            case Engagement.Unfenced(var migration) -> encoded.setUnfenced(migration.value());
        }
        return encoded.build();
    }

    /// Decodes a vShard.
    public static VShardRecord decode(VShard vShard) {
        return new VShardRecord(
                new VShardId(vShard.getId()),
                new GroupId(vShard.getGroup()),
                new NodeId(vShard.getLeaseholder()),
                new Epoch(vShard.getEpoch()),
                vShard.hasPausedUntilMillis()
                        ? new Writes.Paused(vShard.getPausedUntilMillis())
                        : new Writes.Open(),
                engagement(vShard),
                vShard.getMigrations(),
                ModelCodec.since(vShard.getChanged(), vShard.getChangedMillis()));
    }

    private static Engagement engagement(VShard vShard) {
        return switch (vShard.getEngagementCase()) {
            case MIGRATING -> new Engagement.Migrating(new MigrationId(vShard.getMigrating()));
            case UNFENCED -> new Engagement.Unfenced(new MigrationId(vShard.getUnfenced()));
            case ENGAGEMENT_NOT_SET -> new Engagement.Free();
        };
    }

    /// Encodes how routing was initialised.
    public static io.staddle.api.v1.RoutingLayout encode(RoutingLayout layout) {
        return io.staddle.api.v1.RoutingLayout.newBuilder()
                .setVShards(layout.vShards())
                .setGroups(layout.groups())
                .setReplicationFactor(layout.replicationFactor())
                .addAllNodes(names(layout.nodes()))
                .build();
    }

    /// Decodes how routing was initialised.
    public static RoutingLayout decode(io.staddle.api.v1.RoutingLayout layout) {
        return new RoutingLayout(
                layout.getVShards(),
                layout.getGroups(),
                layout.getReplicationFactor(),
                nodes(layout.getNodesList()));
    }

    /// Encodes how the members of a group change.
    public static io.staddle.api.v1.GroupChange encode(GroupChange change) {
        return io.staddle.api.v1.GroupChange.valueOf("GROUP_CHANGE_" + change.name());
    }

    /// Decodes how the members of a group change.
    public static GroupChange decode(io.staddle.api.v1.GroupChange change) {
        return Constants.decode(GroupChange.class, "GROUP_CHANGE_", change);
    }

    static String name(Optional<NodeId> node) {
        return node.map(NodeId::value).orElse("");
    }

    static Optional<NodeId> optionalNode(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(new NodeId(name));
    }

    private static io.staddle.api.v1.ObservedConfig encode(ObservedConfig observed) {
        return io.staddle.api.v1.ObservedConfig.newBuilder()
                .setNode(observed.node().value())
                .setIncarnation(observed.incarnation())
                .setConfigVersion(observed.configVersion())
                .build();
    }

    private static ObservedConfig decode(io.staddle.api.v1.ObservedConfig observed) {
        return new ObservedConfig(
                new NodeId(observed.getNode()),
                observed.getIncarnation(),
                observed.getConfigVersion());
    }

    private static io.staddle.api.v1.Removal encode(Removal removal) {
        return io.staddle.api.v1.Removal.newBuilder()
                .setNode(removal.node().value())
                .setConfigVersion(removal.configVersion())
                .build();
    }

    private static Removal decode(io.staddle.api.v1.Removal removal) {
        return new Removal(new NodeId(removal.getNode()), removal.getConfigVersion());
    }

    private static List<String> names(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).toList();
    }

    private static List<NodeId> nodes(List<String> names) {
        return names.stream().map(NodeId::new).toList();
    }
}
