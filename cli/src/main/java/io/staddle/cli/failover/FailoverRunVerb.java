package io.staddle.cli.failover;

import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.FailoverCause;
import io.staddle.cli.cluster.Clusters;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `failover run`
@Command(
        name = "run",
        description = {
            "Demotes a cluster: all that it owns gets a new owner and higher epochs, at once.",
            "Shows what will move where, and asks. What nobody may own is stranded."
        })
public final class FailoverRunVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster that failed.")
    private ClusterId cluster = new ClusterId("unset");

    @Mixin private final Successors successors = new Successors();

    @Option(
            names = "--force",
            description = "Also if it is healthy, or if nobody can be the primary afterwards.")
    private boolean force;

    @Mixin private final Mover mover = new Mover();

    /// Creates it.
    public FailoverRunVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterRecord seen = Clusters.find(session.clusters(), cluster).cluster();
        FailOver command =
                new FailOver(
                        mover.id(),
                        cluster,
                        seen.fence(),
                        FailoverCause.OPERATOR,
                        force,
                        successors.chosen(),
                        PlanId.NONE);
        return mover.move(session, command);
    }
}
