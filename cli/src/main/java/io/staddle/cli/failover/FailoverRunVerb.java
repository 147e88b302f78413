package io.staddle.cli.failover;

import io.staddle.api.command.ClusterCommand.FailOver;
import io.staddle.api.command.Successor;
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

import java.util.Optional;

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

    @Option(
            names = "--to",
            paramLabel = "CLUSTER",
            description = "Who takes over; else whoever placement and tiers choose for each type.")
    private Optional<ClusterId> to = Optional.empty();

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
                        Successors.of(to),
                        PlanId.NONE);
        return mover.move(session, command, "This demotes cluster " + cluster);
    }

    /// Chooses who takes over.
    static final class Successors {
        private Successors() {}

        static Successor of(Optional<ClusterId> named) {
            return named.<Successor>map(Successor.Named::new).orElseGet(Successor.ByPlacement::new);
        }
    }
}
