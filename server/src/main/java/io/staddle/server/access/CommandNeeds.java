package io.staddle.server.access;

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
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Token;
import io.staddle.api.model.ReplayWrite;

import java.util.List;

/// What each command takes: one row a command, and the compiler names the one that has none.
///
/// An owner acts for its cluster alone: it lets go of what that cluster owns, and gets for that
/// cluster what the rules give it. Taking a grain from an owner that lives is up to that owner.
public final class CommandNeeds {
    private static final Need ANY_OWNER = new Need.OwningAny();
    private static final Need OPERATOR = new Need.Operating();
    private static final Need ADMIN = new Need.Administering();
    private static final Need SERVER = new Need.Serving();

    private CommandNeeds() {}

    /// Returns what a command takes.
    public static Need of(Command command) {
        if (command.isOfLeader()) {
            return SERVER;
        }
        return switch (command) {
            case DirectoryCommand directory -> of(directory);
            case ClusterCommand cluster -> of(cluster);
            case HealthCommand health -> of(health);
            case AutomationCommand automation -> of(automation);
            case ReplayCommand replay -> of(replay);
            case NodeCommand node -> of(node);
            case RoutingCommand routing -> of(routing);
            case MigrationCommand migration -> of(migration);
            case BalanceCommand.ApplyPlan _ -> OPERATOR;
            case GhostCommand ghost -> of(ghost);
            case BarrierCommand barrier -> of(barrier);
            case AdminCommand admin -> of(admin);
            case AccessCommand _ -> ADMIN;
        };
    }

    private static Need of(DirectoryCommand command) {
        return switch (command) {
            case DirectoryCommand.Acquire c -> owner(c.cluster());
            case DirectoryCommand.Claim c -> owner(c.cluster());
            case DirectoryCommand.Release c -> owner(c.cluster());
            case DirectoryCommand.Renew c -> owner(c.cluster());
            case DirectoryCommand.Promote c ->
                    owner(c.takeover() == Takeover.FROM_LIVE_OWNER ? c.seenOwner() : c.to());
            case DirectoryCommand.Reassign _,
                    DirectoryCommand.Import _,
                    DirectoryCommand.ImportReleased _,
                    DirectoryCommand.RaiseFloor _,
                    DirectoryCommand.SetPlacement _ ->
                    OPERATOR;
            case DirectoryCommand.ExpireLeases _, DirectoryCommand.PurgeTombstones _ -> SERVER;
        };
    }

    private static Need of(ClusterCommand command) {
        return switch (command) {
            case ClusterCommand.Register c -> owner(c.cluster());
            case ClusterCommand.Update _,
                    ClusterCommand.Remove _,
                    ClusterCommand.TransferPrimary _,
                    ClusterCommand.OfHoldings _ ->
                    OPERATOR;
        };
    }

    private static Need of(HealthCommand command) {
        return switch (command) {
            case HealthCommand.Drain _, HealthCommand.Readmit _ -> OPERATOR;
            case HealthCommand.RecordBeats _, HealthCommand.MarkSuspect _ -> SERVER;
        };
    }

    private static Need of(AutomationCommand command) {
        return switch (command) {
            case AutomationCommand.Pause _, AutomationCommand.Resume _ -> OPERATOR;
            case AutomationCommand.NoteFailoverBlocked _ -> SERVER;
        };
    }

    private static Need of(ReplayCommand command) {
        return switch (command) {
            case ReplayCommand.Append c -> ofOrigins(c.writes());
            case ReplayCommand.Settle c -> owner(c.origin());
            case ReplayCommand.Acknowledge c -> owner(c.target());
            case ReplayCommand.Truncate _ -> OPERATOR;
        };
    }

    /// Writes of several clusters are none that one of them appends.
    private static Need ofOrigins(List<ReplayWrite> writes) {
        List<ClusterId> origins =
                writes.stream().map(each -> each.id().origin()).distinct().toList();
        return origins.size() == 1 ? owner(origins.getFirst()) : OPERATOR;
    }

    private static Need of(NodeCommand command) {
        return switch (command) {
            case NodeCommand.RegisterNode _ -> ANY_OWNER;
            case NodeCommand.SetNodeState _,
                    NodeCommand.DecommissionNode _,
                    NodeCommand.RemoveNode _ ->
                    OPERATOR;
            case NodeCommand.RecordNodeBeats _ -> SERVER;
        };
    }

    private static Need of(RoutingCommand command) {
        return switch (command) {
            case RoutingCommand.ReportGroup _, RoutingCommand.ConfirmRemoval _ -> ANY_OWNER;
            case RoutingCommand.InitRouting _,
                    RoutingCommand.ChangeGroup _,
                    RoutingCommand.AssignVShard _ ->
                    OPERATOR;
        };
    }

    private static Need of(MigrationCommand command) {
        return switch (command) {
            case MigrationCommand.ReportProgress _, MigrationCommand.ConfirmFence _ -> ANY_OWNER;
            case MigrationCommand.StartMigration _,
                    MigrationCommand.AbortMigration _,
                    MigrationCommand.RetryMigration _ ->
                    OPERATOR;
            case MigrationCommand.CheckpointMigration _,
                    MigrationCommand.CutoverMigration _,
                    MigrationCommand.CompleteMigration _ ->
                    SERVER;
        };
    }

    private static Need of(GhostCommand command) {
        return switch (command) {
            case GhostCommand.AdjustGhost _, GhostCommand.SweepGhosts _ -> ANY_OWNER;
            case GhostCommand.CleanupMigrations _ -> SERVER;
        };
    }

    private static Need of(BarrierCommand command) {
        return switch (command) {
            case BarrierCommand.AbortBarrier c ->
                    c.token().equals(Token.NONE) ? OPERATOR : ANY_OWNER;
            case BarrierCommand.ConfigureScope _,
                    BarrierCommand.AcquireCoordinator _,
                    BarrierCommand.ReleaseCoordinator _,
                    BarrierCommand.BeginBarrier _,
                    BarrierCommand.AckBarrier _,
                    BarrierCommand.CommitBarrier _ ->
                    ANY_OWNER;
            case BarrierCommand.ExpireBarriers _, BarrierCommand.PruneBarriers _ -> SERVER;
        };
    }

    private static Need of(AdminCommand command) {
        return switch (command) {
            case AdminCommand.PutConfig _,
                    AdminCommand.RaiseFeatureLevel _,
                    AdminCommand.ReplaceServer _ ->
                    ADMIN;
            case AdminCommand.AdmitServer _, AdminCommand.NoteMembers _ -> SERVER;
        };
    }

    private static Need owner(ClusterId cluster) {
        return new Need.Owning(cluster);
    }
}
