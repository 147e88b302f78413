package io.staddle.cli.failover;

import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MoveId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.FailoverCause;
import io.staddle.cli.cluster.Clusters;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Preview;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `failover plan`
@Command(
        name = "plan",
        description = {
            "Shows what a failover of a cluster would do now. Changes nothing.",
            "What would move where, what would be stranded and why, what is to be replayed, and",
            "what holds it back. To plan a fail-back or an evacuation: failover back, failover",
            "evacuate with --dry-run"
        })
public final class FailoverPlanVerb extends Verb {
    private static final MoveId UNNAMED = new MoveId("plan");

    @Parameters(paramLabel = "CLUSTER", description = "The cluster that failed.")
    private ClusterId cluster = new ClusterId("unset");

    @Mixin private final Successors successors = new Successors();

    @Option(
            names = "--force",
            description = "Also if it is healthy, or if nobody can be the primary afterwards.")
    private boolean force;

    /// Creates it.
    public FailoverPlanVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterRecord seen = Clusters.find(session.clusters(), cluster).cluster();
        FailOver command =
                new FailOver(
                        UNNAMED,
                        cluster,
                        seen.fence(),
                        FailoverCause.OPERATOR,
                        force,
                        successors.chosen(),
                        PlanId.NONE);
        return switch (session.clusters().preview(command)) {
            case Preview.Refused(var why) -> Carrier.refused(session, why);
            case Preview.Planned(var plan) -> {
                Plans.show(session, command, plan);
                yield ExitCode.DONE;
            }
        };
    }
}
