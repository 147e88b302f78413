package io.staddle.server.front;

import io.staddle.api.answer.Outcome;
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
import io.staddle.api.command.Proposal;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.model.Origin;
import io.staddle.server.raft.MemberChange;
import io.staddle.server.raft.PreparedCommand;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import java.util.List;

/// Logs the changes that an operator looks for afterwards, on the server that proposed them: what,
/// who, why, and the revision and request id by which history knows them.
///
/// History has all changes, also those that are too many for a log; of who is in the quorum from
/// feature level 7 on.
public final class ChangeLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.staddle.change");

    private ChangeLog() {}

    static void add(List<PreparedCommand> commands, List<Outcome> outcomes) {
        for (int i = 0; i < commands.size(); i++) {
            Proposal proposal = commands.get(i).proposal();
            if (isRare(proposal.command()) && outcomes.get(i) instanceof Outcome.Done done) {
                log(proposal, done);
            }
        }
    }

    /// Logs a change of who is in the quorum, or the repetition of one, on the server that leads.
    /// It has no revision: it is in Raft's configuration, and its note comes later.
    public static void add(MemberChange change, Origin origin) {
        LoggingEventBuilder line =
                LOG.atInfo()
                        .setMessage("{}")
                        .addArgument(change)
                        .addKeyValue("command", "change_members");
        with("reason", origin.reason(), with("actor", origin.actor(), line)).log();
    }

    private static void log(Proposal proposal, Outcome.Done done) {
        Origin origin = proposal.origin();
        LoggingEventBuilder line =
                LOG.atInfo()
                        .setMessage("{}")
                        .addArgument(proposal.command())
                        .addKeyValue("revision", done.revision())
                        .addKeyValue("command", Names.of(proposal.command().getClass()));
        line = with("actor", origin.actor(), line);
        line = with("reason", origin.reason(), line);
        with("request", origin.requestId(), line).log();
    }

    private static LoggingEventBuilder with(String key, String value, LoggingEventBuilder line) {
        return value.isEmpty() ? line : line.addKeyValue(key, value);
    }

    /// Not what grains, queues, barriers and reports do all the time.
    private static boolean isRare(Command command) {
        return switch (command) {
            case DirectoryCommand _, ReplayCommand _, BarrierCommand _, GhostCommand _ -> false;
            case HealthCommand health -> !(health instanceof HealthCommand.RecordBeats);
            case NodeCommand node -> !(node instanceof NodeCommand.RecordNodeBeats);
            case MigrationCommand migration ->
                    !(migration instanceof MigrationCommand.ReportProgress);
            case RoutingCommand routing -> !(routing instanceof RoutingCommand.ReportGroup);
            case ClusterCommand _,
                    AutomationCommand _,
                    BalanceCommand _,
                    AccessCommand _,
                    AdminCommand _ ->
                    true;
        };
    }
}
