package io.staddle.cli.failover;

import io.staddle.api.command.ClusterCommand.Evacuate;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.PlanId;
import io.staddle.cli.cluster.Clusters;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;

/// `failover evacuate`
@Command(
        name = "evacuate",
        description = {
            "Moves what a cluster owns to others, while it lives on: before maintenance.",
            "What nobody else may own stays where it is."
        })
public final class FailoverEvacuateVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster to empty.")
    private ClusterId cluster = new ClusterId("unset");

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "Only grains of these types.")
    private List<GrainType> types = List.of();

    @Mixin private final Successors successors = new Successors();

    @Mixin private final Mover mover = new Mover();

    /// Creates it.
    public FailoverEvacuateVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterId known = Clusters.find(session.clusters(), cluster).cluster().id();
        Evacuate command = new Evacuate(mover.id(), known, types, successors.chosen(), PlanId.NONE);
        return mover.move(session, command);
    }
}
