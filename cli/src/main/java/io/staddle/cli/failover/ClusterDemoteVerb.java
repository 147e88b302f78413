package io.staddle.cli.failover;

import io.staddle.api.command.ClusterCommand.DemoteAndPromote;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.cli.cluster.Clusters;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `cluster demote`: a move of holdings, though it stands among the verbs of clusters.
@Command(
        name = "demote",
        description = {
            "Demotes the primary, healthy or not, and makes another cluster the primary.",
            "All that it owns gets a new owner, as in a failover. Shows what will move, and asks."
        })
public final class ClusterDemoteVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The primary.")
    private ClusterId cluster = new ClusterId("unset");

    @Mixin private final Successors successors = new Successors();

    @Mixin private final Mover mover = new Mover();

    /// Creates it.
    public ClusterDemoteVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterRecord seen = Clusters.find(session.clusters(), cluster).cluster();
        return mover.move(
                session,
                new DemoteAndPromote(
                        mover.id(), cluster, seen.fence(), successors.chosen(), PlanId.NONE));
    }
}
