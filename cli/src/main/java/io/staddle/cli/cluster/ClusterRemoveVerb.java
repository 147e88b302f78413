package io.staddle.cli.cluster;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.query.ClusterSummary;
import io.staddle.cli.shell.Confirmation;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cluster remove`
@Command(
        name = "remove",
        description = {
            "Forgets a cluster that owns nothing.",
            "Its fence is remembered, should a cluster of that name come back."
        })
public final class ClusterRemoveVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private ClusterId cluster = new ClusterId("unset");

    @Option(
            names = "--lost",
            description = "Also if it was failed over and not readmitted: it will not come back.")
    private boolean lost;

    @Mixin private final Confirmation confirmation = new Confirmation();

    /// Creates it.
    public ClusterRemoveVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterSummary seen = Clusters.find(session.clusters(), cluster);
        confirmation.seek(session.shell(), "This forgets cluster " + cluster, cluster.value());
        Result<Answer.Removed> result =
                session.clusters().remove(cluster, seen.cluster().version(), lost);
        return session.conclude(
                result,
                removed -> removed,
                done -> "cluster %s is removed (revision %s)".formatted(cluster, done.revision()));
    }
}
