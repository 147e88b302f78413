package io.staddle.cli.failover;

import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.query.MovePlan;
import io.staddle.api.refusal.Refusal;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.client.Preview;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;

/// Plans a move and shows it, or carries it out. A mixin of the verbs that name a move.
final class Mover {
    @Option(names = "--dry-run", description = "Show what would happen, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--plan",
            paramLabel = "PLAN",
            description = "Only if it would still be this plan, as --dry-run has shown it.")
    private Optional<PlanId> given = Optional.empty();

    @Mixin private final Carrier carrier = new Carrier();

    MoveId id() {
        return carrier.id();
    }

    /// Does it.
    ExitCode move(Session session, OfHoldings command) {
        if (!dryRun && carrier.isDone(session, command)) {
            return carrier.send(session, command);
        }
        return switch (session.clusters().preview(command)) {
            case Preview.Refused(var why) -> Carrier.refused(session, why);
            case Preview.Planned(var plan) when dryRun -> preview(session, command, plan);
            case Preview.Planned(var plan) when isAnother(plan) ->
                    Carrier.refused(
                            session, new Refusal.PlanChanged(given.orElseThrow(), plan.id()));
            case Preview.Planned(var plan) -> carrier.carryOut(session, command, plan);
        };
    }

    private boolean isAnother(MovePlan plan) {
        return given.filter(wanted -> !wanted.equals(plan.id())).isPresent();
    }

    private static ExitCode preview(Session session, OfHoldings command, MovePlan plan) {
        Plans.show(session, command, plan);
        return plan.heldBy().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }
}
