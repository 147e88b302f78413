package io.staddle.api.codec;

import io.staddle.api.id.GroupId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.PlanId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.HeldShifts;
import io.staddle.api.query.NodeLoad;
import io.staddle.api.query.PlanWish;
import io.staddle.api.query.PlannedShift;
import io.staddle.api.query.ShiftReason;

/// Codec of plans of migrations.
///
/// Every `decode` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class BalanceCodec {
    private BalanceCodec() {}

    /// Encodes what a plan is for.
    public static io.staddle.api.v1.PlanWish encode(PlanWish wish) {
        var to = io.staddle.api.v1.PlanWish.newBuilder();
        switch (wish) {
            case PlanWish.Even even -> {}
            case PlanWish.Drain(var node) -> to.setDrain(node.value());
            case PlanWish.Fill(var node) -> to.setFill(node.value());
        }
        return to.build();
    }

    /// Decodes what a plan is for.
    public static PlanWish decode(io.staddle.api.v1.PlanWish wish) {
        return switch (wish.getNodeCase()) {
            case DRAIN -> new PlanWish.Drain(new NodeId(wish.getDrain()));
            case FILL -> new PlanWish.Fill(new NodeId(wish.getFill()));
            case NODE_NOT_SET -> new PlanWish.Even();
        };
    }

    /// Encodes a plan.
    public static io.staddle.api.v1.BalancePlan encode(BalancePlan plan) {
        return io.staddle.api.v1.BalancePlan.newBuilder()
                .setId(plan.id().value())
                .setWish(encode(plan.wish()))
                .addAllShifts(plan.shifts().stream().map(BalanceCodec::encode).toList())
                .addAllHeld(plan.held().stream().map(BalanceCodec::encode).toList())
                .addAllLoads(plan.loads().stream().map(BalanceCodec::encode).toList())
                .build();
    }

    /// Decodes a plan.
    public static BalancePlan decode(io.staddle.api.v1.BalancePlan plan) {
        return new BalancePlan(
                new PlanId(plan.getId()),
                decode(plan.getWish()),
                plan.getShiftsList().stream().map(BalanceCodec::decode).toList(),
                plan.getHeldList().stream().map(BalanceCodec::decode).toList(),
                plan.getLoadsList().stream().map(BalanceCodec::decode).toList());
    }

    private static io.staddle.api.v1.PlannedShift encode(PlannedShift shift) {
        return io.staddle.api.v1.PlannedShift.newBuilder()
                .setVShard(shift.vShard().value())
                .setGroup(shift.group().value())
                .setSource(shift.source().value())
                .setTarget(shift.target().value())
                .setTargetIs(
                        io.staddle.api.v1.Membership.valueOf(
                                "MEMBERSHIP_" + shift.targetIs().name()))
                .setWhy(io.staddle.api.v1.ShiftReason.valueOf("SHIFT_REASON_" + shift.why().name()))
                .setRelieved(shift.relieved().value())
                .build();
    }

    private static PlannedShift decode(io.staddle.api.v1.PlannedShift shift) {
        return new PlannedShift(
                new VShardId(shift.getVShard()),
                new GroupId(shift.getGroup()),
                new NodeId(shift.getSource()),
                new NodeId(shift.getTarget()),
                Constants.decode(Membership.class, "MEMBERSHIP_", shift.getTargetIs()),
                Constants.decode(ShiftReason.class, "SHIFT_REASON_", shift.getWhy()),
                new NodeId(shift.getRelieved()));
    }

    private static io.staddle.api.v1.HeldShifts encode(HeldShifts held) {
        return io.staddle.api.v1.HeldShifts.newBuilder()
                .setMoves(held.moves())
                .setWhy(RefusalCodec.encode(held.why()))
                .build();
    }

    private static HeldShifts decode(io.staddle.api.v1.HeldShifts held) {
        return new HeldShifts(held.getMoves(), RefusalCodec.decode(held.getWhy()));
    }

    private static io.staddle.api.v1.NodeLoad encode(NodeLoad load) {
        return io.staddle.api.v1.NodeLoad.newBuilder()
                .setNode(load.node().value())
                .setState(NodeCodec.encode(load.state()))
                .setVShards(load.vShards())
                .setVShardsThen(load.vShardsThen())
                .setReplicas(load.replicas())
                .setReplicasThen(load.replicasThen())
                .build();
    }

    private static NodeLoad decode(io.staddle.api.v1.NodeLoad load) {
        return new NodeLoad(
                new NodeId(load.getNode()),
                NodeCodec.decode(load.getState()),
                load.getVShards(),
                load.getVShardsThen(),
                load.getReplicas(),
                load.getReplicasThen());
    }
}
