package io.staddle.statemachine.state;

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
import io.staddle.api.refusal.Refusal;

import java.util.Optional;

/// The feature levels, by what each brings. They are format: what a level brings never changes.
public final class Levels {
    /// A grant says whose the grain was before; history can be bounded by age.
    public static final int HISTORY = 2;

    /// There are barriers: scopes, their commands, events and settings.
    public static final int BARRIERS = 3;

    /// What an entry overwrites is kept as long as its events: the state of then can be read.
    public static final int TIME_TRAVEL = 4;

    /// It is known who may do what: identities, their commands and events.
    public static final int ACCESS = 5;

    /// How many grains a cluster may own, and how many there may be of a type, can be bounded.
    public static final int QUOTAS = 6;

    /// History is counted in bytes, and can be bounded by them.
    public static final int HISTORY_BYTES = QUOTAS;

    /// Changes of who is in the quorum are in history.
    public static final int MEMBERS = 7;

    /// The newest that this version has.
    public static final int NEWEST = newest();

    private Levels() {}

    /// No constant for the compiler: a test puts an older version of this class in its place.
    private static int newest() {
        return MEMBERS;
    }

    /// Returns the level from which on all servers understand a command: before that it must not
    /// come to the log.
    public static int of(Command command) {
        return switch (command) {
            case AccessCommand _ -> ACCESS;
            case BarrierCommand _ -> BARRIERS;
            case AdminCommand.NoteMembers _ -> MEMBERS;
            case DirectoryCommand _,
                    ClusterCommand _,
                    HealthCommand _,
                    AutomationCommand _,
                    ReplayCommand _,
                    NodeCommand _,
                    RoutingCommand _,
                    MigrationCommand _,
                    BalanceCommand _,
                    GhostCommand _,
                    AdminCommand _ ->
                    1;
        };
    }

    /// Refuses a command that waits for a higher level than the one in force.
    public static Optional<Refusal> refuse(Command command, int inForce) {
        int level = of(command);
        return inForce < level
                ? Optional.of(new Refusal.UnsupportedLevel(level, inForce, NEWEST))
                : Optional.empty();
    }
}
