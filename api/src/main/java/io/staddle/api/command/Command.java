package io.staddle.api.command;

/// What can be asked for: the only way to change anything.
///
/// A command is idempotent by its natural key: applied again it gives the same answer and changes
/// nothing. So whoever lost an answer may repeat it.
public sealed interface Command
        permits DirectoryCommand,
                ClusterCommand,
                HealthCommand,
                AutomationCommand,
                ReplayCommand,
                NodeCommand,
                RoutingCommand,
                MigrationCommand,
                BalanceCommand,
                GhostCommand,
                BarrierCommand,
                AdminCommand,
                AccessCommand {
    /// Tells whether only the leader may propose it, in the term that it decided on it.
    default boolean isOfLeader() {
        return false;
    }
}
