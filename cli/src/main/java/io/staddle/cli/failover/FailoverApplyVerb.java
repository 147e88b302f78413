package io.staddle.cli.failover;

import io.staddle.api.command.ClusterCommand.DemoteAndPromote;
import io.staddle.api.command.ClusterCommand.Evacuate;
import io.staddle.api.command.ClusterCommand.FailBack;
import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.ClusterCommand.OfHoldings;
import io.staddle.api.command.Successor;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.query.ClusterSummary;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Preview;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.stream.Stream;

/// `failover apply`
///
/// A plan is kept nowhere: its id is a fingerprint of what was asked for and what was looked at. So
/// the move is found again by planning those that there can be.
@Command(
        name = "apply",
        description = {
            "Carries out the move that a plan has shown, exactly as it was shown.",
            "Refused if what the plan looked at has changed: then plan again."
        })
public final class FailoverApplyVerb extends Verb {
    @Parameters(
            paramLabel = "PLAN",
            description = "Its id, from failover plan or --dry-run of another verb.")
    private PlanId plan = PlanId.NONE;

    @Mixin private final Successors successors = new Successors();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "As it was planned, if some types were to be evacuated.")
    private List<GrainType> types = List.of();

    @Mixin private final Carrier carrier = new Carrier();

    /// Creates it.
    public FailoverApplyVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        for (ClusterSummary each : session.clusters().list()) {
            for (OfHoldings command : possible(each.cluster()).toList()) {
                if (session.clusters().preview(command) instanceof Preview.Planned(var found)
                        && found.id().equals(plan)) {
                    return carrier.carryOut(session, command, found);
                }
            }
        }
        throw CliException.refused(
                "PLAN_CHANGED: no move has the plan "
                        + plan
                        + " now; what it looked at has changed",
                "Plan again and decide anew. With --to or --type, if it was planned so.");
    }

    private Stream<OfHoldings> possible(ClusterRecord cluster) {
        MoveId id = carrier.id();
        Successor to = successors.chosen();
        return Stream.of(
                failOver(cluster, false),
                failOver(cluster, true),
                new DemoteAndPromote(id, cluster.id(), cluster.fence(), to, PlanId.NONE),
                new FailBack(id, cluster.id(), PlanId.NONE),
                new Evacuate(id, cluster.id(), types, to, PlanId.NONE));
    }

    private FailOver failOver(ClusterRecord cluster, boolean force) {
        return new FailOver(
                carrier.id(),
                cluster.id(),
                cluster.fence(),
                FailoverCause.OPERATOR,
                force,
                successors.chosen(),
                PlanId.NONE);
    }
}
