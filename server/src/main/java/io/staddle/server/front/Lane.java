package io.staddle.server.front;

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
import io.staddle.server.raft.PreparedCommand;

import java.util.List;

/// Which commands go before which when there is too little of something: room on this server, or on
/// its disk. What is first here goes first.
enum Lane {
    /// What clusters live by and operators help with: beats, failovers, the end of migrations. Few,
    /// whatever the load is.
    URGENT,
    /// What keeps owners alive, ends what has begun, or frees space. As many as there are grains.
    VITAL,
    /// What brings something new.
    ORDINARY;

    /// Returns the lane of a call: that of the last of its commands to go.
    static Lane of(List<PreparedCommand> commands) {
        Lane last = URGENT;
        for (PreparedCommand command : commands) {
            Lane lane = of(command.proposal().command());
            if (lane == ORDINARY) {
                return lane;
            }
            last = lane == VITAL ? lane : last;
        }
        return last;
    }

    static Lane of(Command command) {
        return switch (command) {
            case DirectoryCommand directory -> vitalIf(isVital(directory));
            case ReplayCommand replay -> vitalIf(!(replay instanceof ReplayCommand.Append));
            case BarrierCommand barrier ->
                    vitalIf(!(barrier instanceof BarrierCommand.BeginBarrier));
            case ClusterCommand cluster -> urgentIf(!(cluster instanceof ClusterCommand.Register));
            case MigrationCommand migration ->
                    urgentIf(
                            !(migration instanceof MigrationCommand.StartMigration
                                    || migration instanceof MigrationCommand.RetryMigration));
            case BalanceCommand _ -> ORDINARY;
            case RoutingCommand _, GhostCommand _ -> VITAL;
            case HealthCommand _,
                    AutomationCommand _,
                    NodeCommand _,
                    AccessCommand _,
                    AdminCommand _ ->
                    URGENT;
        };
    }

    private static Lane vitalIf(boolean isVital) {
        return isVital ? VITAL : ORDINARY;
    }

    private static Lane urgentIf(boolean isUrgent) {
        return isUrgent ? URGENT : ORDINARY;
    }

    private static boolean isVital(DirectoryCommand command) {
        return switch (command) {
            case DirectoryCommand.Release _,
                    DirectoryCommand.Renew _,
                    DirectoryCommand.ExpireLeases _,
                    DirectoryCommand.PurgeTombstones _ ->
                    true;
            case DirectoryCommand.Acquire _,
                    DirectoryCommand.Claim _,
                    DirectoryCommand.Promote _,
                    DirectoryCommand.Reassign _,
                    DirectoryCommand.Import _,
                    DirectoryCommand.ImportReleased _,
                    DirectoryCommand.RaiseFloor _,
                    DirectoryCommand.SetPlacement _ ->
                    false;
        };
    }
}
