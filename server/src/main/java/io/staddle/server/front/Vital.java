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

/// Which commands go through on a disk that is nearly full: those that keep owners alive, move what
/// a cluster has lost, end what has begun, or free space. Not those that bring something new.
final class Vital {
    private Vital() {}

    static boolean is(Command command) {
        return switch (command) {
            case DirectoryCommand directory -> is(directory);
            case ReplayCommand replay -> !(replay instanceof ReplayCommand.Append);
            case ClusterCommand cluster -> !(cluster instanceof ClusterCommand.Register);
            case MigrationCommand migration ->
                    !(migration instanceof MigrationCommand.StartMigration
                            || migration instanceof MigrationCommand.RetryMigration);
            case BarrierCommand barrier -> !(barrier instanceof BarrierCommand.BeginBarrier);
            case BalanceCommand _ -> false;
            case HealthCommand _,
                    AutomationCommand _,
                    NodeCommand _,
                    RoutingCommand _,
                    GhostCommand _,
                    AccessCommand _,
                    AdminCommand _ ->
                    true;
        };
    }

    private static boolean is(DirectoryCommand command) {
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
