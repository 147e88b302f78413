package io.staddle.api.codec;

import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.Evacuate;
import io.staddle.api.v1.FailBack;
import io.staddle.api.v1.FailOver;
import io.staddle.api.v1.RegisterCluster;
import io.staddle.api.v1.RemoveCluster;
import io.staddle.api.v1.SetClusterState;
import io.staddle.api.v1.UpdateCluster;

/// Codec of the commands about clusters.
final class ClusterCommandCodec {
    private ClusterCommandCodec() {}

    static void encode(ClusterCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case ClusterCommand.Register c ->
                    to.setRegisterCluster(
                            RegisterCluster.newBuilder()
                                    .setId(c.cluster().value())
                                    .setRegion(c.profile().region())
                                    .setEndpoint(c.profile().endpoint())
                                    .setTierRank(c.profile().tierRank())
                                    .setPrimaryEligible(c.profile().primaryEligible())
                                    .setState(ModelCodec.encode(c.state()))
                                    .setOrigin(by));
            case ClusterCommand.Update c ->
                    to.setUpdateCluster(
                            UpdateCluster.newBuilder()
                                    .setId(c.cluster().value())
                                    .setRegion(c.profile().region())
                                    .setEndpoint(c.profile().endpoint())
                                    .setTierRank(c.profile().tierRank())
                                    .setPrimaryEligible(c.profile().primaryEligible())
                                    .setSeenVersion(c.seenVersion())
                                    .setOrigin(by));
            case ClusterCommand.SetState c ->
                    to.setSetClusterState(
                            SetClusterState.newBuilder()
                                    .setId(c.cluster().value())
                                    .setState(ModelCodec.encode(c.state()))
                                    .setSeenVersion(c.seenVersion())
                                    .setOrigin(by));
            case ClusterCommand.Remove c ->
                    to.setRemoveCluster(
                            RemoveCluster.newBuilder()
                                    .setId(c.cluster().value())
                                    .setSeenVersion(c.seenVersion())
                                    .setOrigin(by));
            case ClusterCommand.FailOver c ->
                    to.setFailOver(
                            FailOver.newBuilder()
                                    .setMoveId(c.id().value())
                                    .setCluster(c.cluster().value())
                                    .setSeenFence(c.seenFence().value())
                                    .setSuccessor(encode(c.successor()))
                                    .setOrigin(by));
            case ClusterCommand.FailBack c ->
                    to.setFailBack(
                            FailBack.newBuilder()
                                    .setMoveId(c.id().value())
                                    .setCluster(c.cluster().value())
                                    .setOrigin(by));
            case ClusterCommand.Evacuate c ->
                    to.setEvacuate(
                            Evacuate.newBuilder()
                                    .setMoveId(c.id().value())
                                    .setCluster(c.cluster().value())
                                    .addAllTypes(c.types().stream().map(GrainType::name).toList())
                                    .setSuccessor(encode(c.successor()))
                                    .setOrigin(by));
        }
    }

    static Proposal register(RegisterCluster c) {
        return new Proposal(
                new ClusterCommand.Register(
                        new ClusterId(c.getId()),
                        new ClusterProfile(
                                c.getRegion(),
                                c.getEndpoint(),
                                c.getTierRank(),
                                c.getPrimaryEligible()),
                        ModelCodec.decode(c.getState())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal update(UpdateCluster c) {
        return new Proposal(
                new ClusterCommand.Update(
                        new ClusterId(c.getId()),
                        new ClusterProfile(
                                c.getRegion(),
                                c.getEndpoint(),
                                c.getTierRank(),
                                c.getPrimaryEligible()),
                        c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal setState(SetClusterState c) {
        return new Proposal(
                new ClusterCommand.SetState(
                        new ClusterId(c.getId()),
                        ModelCodec.decode(c.getState()),
                        c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal remove(RemoveCluster c) {
        return new Proposal(
                new ClusterCommand.Remove(new ClusterId(c.getId()), c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal failOver(FailOver c) {
        return new Proposal(
                new ClusterCommand.FailOver(
                        new MoveId(c.getMoveId()),
                        new ClusterId(c.getCluster()),
                        new Fence(c.getSeenFence()),
                        successor(c.getSuccessor())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal failBack(FailBack c) {
        return new Proposal(
                new ClusterCommand.FailBack(
                        new MoveId(c.getMoveId()), new ClusterId(c.getCluster())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal evacuate(Evacuate c) {
        return new Proposal(
                new ClusterCommand.Evacuate(
                        new MoveId(c.getMoveId()),
                        new ClusterId(c.getCluster()),
                        c.getTypesList().stream().map(GrainType::new).toList(),
                        successor(c.getSuccessor())),
                ModelCodec.decode(c.getOrigin()));
    }

    private static String encode(Successor successor) {
        return switch (successor) {
            case Successor.ByPlacement byPlacement -> "";
            case Successor.Named(var cluster) -> cluster.value();
        };
    }

    private static Successor successor(String cluster) {
        return cluster.isEmpty()
                ? new Successor.ByPlacement()
                : new Successor.Named(new ClusterId(cluster));
    }
}
