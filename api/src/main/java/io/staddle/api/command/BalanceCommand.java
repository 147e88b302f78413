package io.staddle.api.command;

import io.staddle.api.id.NodeId;
import io.staddle.api.id.PlanId;
import io.staddle.api.id.VShardId;

import java.util.List;

/// Commands about many vShards at a time.
public sealed interface BalanceCommand extends Command {
    /// Begins all migrations of a plan, in one entry: all of them or none. Refused with
    /// `PLAN_CHANGED` if what the plan looked at has changed. Repeated it changes nothing.
    ///
    /// The migration of vShard 7 is called `plan-PLAN-7`.
    ///
    /// @param plan the id of the plan that these are the moves of, 1 to 32 characters
    /// @param targets the vShards and where they go, 1 to 1,000, each vShard once
    /// @param budgetMicros for how long writes of each may be paused; 1 to an hour
    record ApplyPlan(PlanId plan, List<Target> targets, long budgetMicros)
            implements BalanceCommand {
        private static final int PLAN_MAX = 32;

        /// Refuses what can never be a plan, and copies the list.
        public ApplyPlan {
            Checks.inRange("length of plan", plan.value().length(), 1, PLAN_MAX);
            Checks.inRange("moves", targets.size(), 1, 1_000);
            Checks.inRange(
                    "budget micros",
                    budgetMicros,
                    1,
                    MigrationCommand.StartMigration.BUDGET_MICROS_MAX);
            long vShards = targets.stream().map(Target::vShard).distinct().count();
            Checks.inRange("vShards of moves", vShards, targets.size(), targets.size());
            targets = List.copyOf(targets);
        }
    }

    /// Where a vShard goes.
    record Target(VShardId vShard, NodeId node) {}
}
