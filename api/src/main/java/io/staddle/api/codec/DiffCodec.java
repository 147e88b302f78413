package io.staddle.api.codec;

import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Ownership;
import io.staddle.api.model.Placement;
import io.staddle.api.model.Primacy;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.Change;
import io.staddle.api.query.HoldingCount;
import io.staddle.api.query.StateDiff;
import io.staddle.api.v1.ClusterDifference;
import io.staddle.api.v1.GhostDifference;
import io.staddle.api.v1.GrainDifference;
import io.staddle.api.v1.GroupDifference;
import io.staddle.api.v1.HoldingDifference;
import io.staddle.api.v1.MigrationDifference;
import io.staddle.api.v1.NodeDifference;
import io.staddle.api.v1.PlacementDifference;
import io.staddle.api.v1.PrimacyDifference;
import io.staddle.api.v1.VShardDifference;

import java.util.Optional;
import java.util.function.Function;

/// Codec of what is not the same in two states.
public final class DiffCodec {
    private DiffCodec() {}

    /// Encodes it.
    public static io.staddle.api.v1.StateDiff encode(StateDiff diff) {
        io.staddle.api.v1.StateDiff.Builder encoded =
                io.staddle.api.v1.StateDiff.newBuilder()
                        .setFrom(ModelCodec.encode(diff.from()))
                        .setTo(ModelCodec.encode(diff.to()))
                        .setMore(diff.more());
        diff.grains().forEach(each -> encoded.addGrains(grain(each)));
        diff.holdings().forEach(each -> encoded.addHoldings(holding(each)));
        diff.clusters().forEach(each -> encoded.addClusters(cluster(each)));
        diff.primacy().forEach(each -> encoded.addPrimacy(primacy(each)));
        diff.placements().forEach(each -> encoded.addPlacements(placement(each)));
        diff.nodes().forEach(each -> encoded.addNodes(node(each)));
        diff.groups().forEach(each -> encoded.addGroups(group(each)));
        diff.vShards().forEach(each -> encoded.addVShards(vShard(each)));
        diff.migrations().forEach(each -> encoded.addMigrations(migration(each)));
        diff.ghosts().forEach(each -> encoded.addGhosts(ghost(each)));
        return encoded.build();
    }

    /// Decodes it.
    public static StateDiff decode(io.staddle.api.v1.StateDiff diff) {
        return new StateDiff(
                ModelCodec.decode(diff.getFrom()),
                ModelCodec.decode(diff.getTo()),
                diff.getGrainsList().stream().map(DiffCodec::decode).toList(),
                diff.getHoldingsList().stream().map(DiffCodec::decode).toList(),
                diff.getClustersList().stream().map(DiffCodec::decode).toList(),
                diff.getPrimacyList().stream().map(DiffCodec::decode).toList(),
                diff.getPlacementsList().stream().map(DiffCodec::decode).toList(),
                diff.getNodesList().stream().map(DiffCodec::decode).toList(),
                diff.getGroupsList().stream().map(DiffCodec::decode).toList(),
                diff.getVShardsList().stream().map(DiffCodec::decode).toList(),
                diff.getMigrationsList().stream().map(DiffCodec::decode).toList(),
                diff.getGhostsList().stream().map(DiffCodec::decode).toList(),
                diff.getMore());
    }

    private static <M, T> Change<T> change(
            Optional<M> before, Optional<M> after, Function<M, T> decode) {
        return new Change<>(before.map(decode), after.map(decode));
    }

    private static GrainDifference grain(Change<Ownership> change) {
        GrainDifference.Builder encoded = GrainDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(OwnershipCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(OwnershipCodec.encode(after)));
        return encoded.build();
    }

    private static Change<Ownership> decode(GrainDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                OwnershipCodec::decode);
    }

    private static HoldingDifference holding(Change<HoldingCount> change) {
        HoldingDifference.Builder encoded = HoldingDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(MoveCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(MoveCodec.encode(after)));
        return encoded.build();
    }

    private static Change<HoldingCount> decode(HoldingDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                MoveCodec::decode);
    }

    private static ClusterDifference cluster(Change<ClusterRecord> change) {
        ClusterDifference.Builder encoded = ClusterDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(ClusterCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(ClusterCodec.encode(after)));
        return encoded.build();
    }

    private static Change<ClusterRecord> decode(ClusterDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                ClusterCodec::decode);
    }

    private static PrimacyDifference primacy(Change<Primacy> change) {
        PrimacyDifference.Builder encoded = PrimacyDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(HealthCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(HealthCodec.encode(after)));
        return encoded.build();
    }

    private static Change<Primacy> decode(PrimacyDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                HealthCodec::decode);
    }

    private static PlacementDifference placement(Change<Placement> change) {
        PlacementDifference.Builder encoded = PlacementDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(ModelCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(ModelCodec.encode(after)));
        return encoded.build();
    }

    private static Change<Placement> decode(PlacementDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                ModelCodec::decode);
    }

    private static NodeDifference node(Change<NodeRecord> change) {
        NodeDifference.Builder encoded = NodeDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(NodeCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(NodeCodec.encode(after)));
        return encoded.build();
    }

    private static Change<NodeRecord> decode(NodeDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                NodeCodec::decode);
    }

    private static GroupDifference group(Change<GroupRecord> change) {
        GroupDifference.Builder encoded = GroupDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(RoutingCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(RoutingCodec.encode(after)));
        return encoded.build();
    }

    private static Change<GroupRecord> decode(GroupDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                RoutingCodec::decode);
    }

    private static VShardDifference vShard(Change<VShardRecord> change) {
        VShardDifference.Builder encoded = VShardDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(RoutingCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(RoutingCodec.encode(after)));
        return encoded.build();
    }

    private static Change<VShardRecord> decode(VShardDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                RoutingCodec::decode);
    }

    private static MigrationDifference migration(Change<MigrationRecord> change) {
        MigrationDifference.Builder encoded = MigrationDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(MigrationCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(MigrationCodec.encode(after)));
        return encoded.build();
    }

    private static Change<MigrationRecord> decode(MigrationDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                MigrationCodec::decode);
    }

    private static GhostDifference ghost(Change<Ghost> change) {
        GhostDifference.Builder encoded = GhostDifference.newBuilder();
        change.before().ifPresent(before -> encoded.setBefore(GhostCodec.encode(before)));
        change.after().ifPresent(after -> encoded.setAfter(GhostCodec.encode(after)));
        return encoded.build();
    }

    private static Change<Ghost> decode(GhostDifference each) {
        return change(
                each.hasBefore() ? Optional.of(each.getBefore()) : Optional.empty(),
                each.hasAfter() ? Optional.of(each.getAfter()) : Optional.empty(),
                GhostCodec::decode);
    }
}
