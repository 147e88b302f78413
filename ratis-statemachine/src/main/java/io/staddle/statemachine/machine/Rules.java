package io.staddle.statemachine.machine;

import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.BalanceCommand;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.statemachine.access.AccessRules;
import io.staddle.statemachine.admin.AdminRules;
import io.staddle.statemachine.balance.BalanceRules;
import io.staddle.statemachine.barrier.BarrierRules;
import io.staddle.statemachine.clusters.AutomationRules;
import io.staddle.statemachine.clusters.ClusterRules;
import io.staddle.statemachine.clusters.HealthRules;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.directory.DirectoryRules;
import io.staddle.statemachine.migration.GhostRules;
import io.staddle.statemachine.migration.MigrationRules;
import io.staddle.statemachine.replay.ReplayRules;
import io.staddle.statemachine.routing.NodeRules;
import io.staddle.statemachine.routing.RoutingRules;
import io.staddle.storage.Reads;

/// All rules: a command, a state and a time in, a decision out. Pure, and the same on every server.
public final class Rules {
    private Rules() {}

    /// Decides one command; writes nothing. So it also answers what a command *would* do.
    public static Decision decide(Command command, Reads view, Tick tick) {
        return switch (command) {
            case DirectoryCommand directory -> DirectoryRules.decide(directory, view, tick);
            case ClusterCommand cluster -> ClusterRules.decide(cluster, view, tick);
            case ReplayCommand replay -> ReplayRules.decide(replay, view, tick);
            case HealthCommand health -> HealthRules.decide(health, view, tick);
            case AutomationCommand automation -> AutomationRules.decide(automation, view, tick);
            case NodeCommand node -> NodeRules.decide(node, view, tick);
            case RoutingCommand routing -> RoutingRules.decide(routing, view, tick);
            case MigrationCommand migration -> MigrationRules.decide(migration, view, tick);
            case BalanceCommand balance -> BalanceRules.decide(balance, view, tick);
            case GhostCommand ghost -> GhostRules.decide(ghost, view, tick);
            case BarrierCommand barrier -> BarrierRules.decide(barrier, view, tick);
            case AdminCommand admin -> AdminRules.decide(admin, view, tick);
            case AccessCommand access -> AccessRules.decide(access, view);
        };
    }
}
