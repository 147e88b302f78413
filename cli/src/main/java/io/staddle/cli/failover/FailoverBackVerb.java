package io.staddle.cli.failover;

import io.staddle.api.command.ClusterCommand.FailBack;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.PlanId;
import io.staddle.cli.cluster.Clusters;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `failover back`
@Command(
        name = "back",
        description = {
            "Gives a cluster back what it had claimed and lost.",
            "It must be healthy; after a failover it is that when it was readmitted: staddle",
            "cluster readmit CLUSTER"
        })
public final class FailoverBackVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster that is back.")
    private ClusterId cluster = new ClusterId("unset");

    @Mixin private final Mover mover = new Mover();

    /// Creates it.
    public FailoverBackVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterId known = Clusters.find(session.clusters(), cluster).cluster().id();
        FailBack command = new FailBack(mover.id(), known, PlanId.NONE);
        return mover.move(session, command);
    }
}
