package io.staddle.api.codec;

import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.DemoteAndPromote;
import io.staddle.api.v1.Evacuate;
import io.staddle.api.v1.FailBack;
import io.staddle.api.v1.FailOver;
import io.staddle.api.v1.Origin;

/// Codec of the commands that move whole holdings.
final class MoveCommandCodec {
    private MoveCommandCodec() {}

    static void encode(ClusterCommand.OfHoldings command, Origin by, Command.Builder to) {
        switch (command) {
            case ClusterCommand.FailOver c ->
                    to.setFailOver(
                            FailOver.newBuilder()
                                    .setMoveId(c.id().value())
                                    .setCluster(c.cluster().value())
                                    .setSeenFence(c.seenFence().value())
                                    .setSuccessor(encode(c.successor()))
                                    .setCause(DemotionCodec.encode(c.cause()))
                                    .setForce(c.force())
                                    .setPlan(c.plan().value())
                                    .setOrigin(by));
            case ClusterCommand.DemoteAndPromote c ->
                    to.setDemoteAndPromote(
                            DemoteAndPromote.newBuilder()
                                    .setMoveId(c.id().value())
                                    .setCluster(c.cluster().value())
                                    .setSeenFence(c.seenFence().value())
                                    .setSuccessor(encode(c.successor()))
                                    .setPlan(c.plan().value())
                                    .setOrigin(by));
            case ClusterCommand.FailBack c ->
                    to.setFailBack(
                            FailBack.newBuilder()
                                    .setMoveId(c.id().value())
                                    .setCluster(c.cluster().value())
                                    .setPlan(c.plan().value())
                                    .setOrigin(by));
            case ClusterCommand.Evacuate c ->
                    to.setEvacuate(
                            Evacuate.newBuilder()
                                    .setMoveId(c.id().value())
                                    .setCluster(c.cluster().value())
                                    .addAllTypes(c.types().stream().map(GrainType::name).toList())
                                    .setSuccessor(encode(c.successor()))
                                    .setPlan(c.plan().value())
                                    .setOrigin(by));
        }
    }

    static Proposal failOver(FailOver c) {
        return new Proposal(
                new ClusterCommand.FailOver(
                        new MoveId(c.getMoveId()),
                        new ClusterId(c.getCluster()),
                        new Fence(c.getSeenFence()),
                        DemotionCodec.decode(c.getCause()),
                        c.getForce(),
                        successor(c.getSuccessor()),
                        new PlanId(c.getPlan())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal demoteAndPromote(DemoteAndPromote c) {
        return new Proposal(
                new ClusterCommand.DemoteAndPromote(
                        new MoveId(c.getMoveId()),
                        new ClusterId(c.getCluster()),
                        new Fence(c.getSeenFence()),
                        successor(c.getSuccessor()),
                        new PlanId(c.getPlan())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal failBack(FailBack c) {
        return new Proposal(
                new ClusterCommand.FailBack(
                        new MoveId(c.getMoveId()),
                        new ClusterId(c.getCluster()),
                        new PlanId(c.getPlan())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal evacuate(Evacuate c) {
        return new Proposal(
                new ClusterCommand.Evacuate(
                        new MoveId(c.getMoveId()),
                        new ClusterId(c.getCluster()),
                        c.getTypesList().stream().map(GrainType::new).toList(),
                        successor(c.getSuccessor()),
                        new PlanId(c.getPlan())),
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
