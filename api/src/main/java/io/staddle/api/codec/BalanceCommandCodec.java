package io.staddle.api.codec;

import io.staddle.api.command.BalanceCommand;
import io.staddle.api.command.BalanceCommand.Target;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.PlanId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.ApplyPlan;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.PlannedTarget;

/// Codec of commands about many vShards.
final class BalanceCommandCodec {
    private BalanceCommandCodec() {}

    static void encode(BalanceCommand command, Origin origin, Command.Builder to) {
        switch (command) {
            case BalanceCommand.ApplyPlan c ->
                    to.getApplyPlanBuilder()
                            .setPlan(c.plan().value())
                            .addAllTargets(
                                    c.targets().stream().map(BalanceCommandCodec::encode).toList())
                            .setBudgetMicros(c.budgetMicros())
                            .setOrigin(ModelCodec.encode(origin));
        }
    }

    static Proposal decode(ApplyPlan c) {
        return new Proposal(
                new BalanceCommand.ApplyPlan(
                        new PlanId(c.getPlan()),
                        c.getTargetsList().stream().map(BalanceCommandCodec::decode).toList(),
                        c.getBudgetMicros()),
                ModelCodec.decode(c.getOrigin()));
    }

    private static PlannedTarget encode(Target target) {
        return PlannedTarget.newBuilder()
                .setVShard(target.vShard().value())
                .setNode(target.node().value())
                .build();
    }

    private static Target decode(PlannedTarget target) {
        return new Target(new VShardId(target.getVShard()), new NodeId(target.getNode()));
    }
}
