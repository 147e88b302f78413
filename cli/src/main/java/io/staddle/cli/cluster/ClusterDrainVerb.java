package io.staddle.cli.cluster;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.query.ClusterSummary;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `cluster drain`
@Command(
        name = "drain",
        description = {
            "Says that a cluster leaves: it gets no more grains.",
            "It is failed over at once, without the grace period. It comes back when it was",
            "restarted, or by readmit."
        })
public final class ClusterDrainVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster that leaves.")
    private ClusterId cluster = new ClusterId("unset");

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public ClusterDrainVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterSummary seen = Clusters.find(session.clusters(), cluster);
        confirmation.seek(
                session.shell(),
                "This fails cluster %s over, which owns %s"
                        .formatted(cluster, Figures.count(seen.grains(), "grain")),
                cluster.value());
        return session.conclude(
                session.clusters().drain(cluster, seen.cluster().version()),
                Answer.Cluster::new,
                done ->
                        "cluster %s is %s (revision %s); see: staddle cluster show %s"
                                .formatted(
                                        cluster,
                                        Clusters.word(done.value().state()),
                                        done.revision(),
                                        cluster));
    }
}
