package io.staddle.cli.explain;

import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.ExplanationCodec;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.Explained;
import io.staddle.api.v1.ExplainClusterAnswer;
import io.staddle.cli.cluster.Clusters;
import io.staddle.cli.output.Figures;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `cluster explain`
@Command(
        name = "explain",
        description = {
            "Tells why a cluster is in its state and role, and what would change it.",
            "What led to it, by whom and why; and what holds each change back."
        })
public final class ClusterExplainVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private ClusterId cluster = new ClusterId("unset");

    /// Creates it.
    public ClusterExplainVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Explained<ClusterSummary> found = session.clusters().explain(cluster);
        ExplainClusterAnswer answer =
                ExplainClusterAnswer.newBuilder()
                        .setCluster(ClusterCodec.encode(found.value()))
                        .setExplanation(ExplanationCodec.encode(found.explanation()))
                        .build();
        session.output().show(answer, () -> Story.of(headline(found.value()), found.explanation()));
        return ExitCode.DONE;
    }

    private static String headline(ClusterSummary summary) {
        ClusterRecord cluster = summary.cluster();
        return "%s is %s since %s, behind fence %s, and owns %s"
                .formatted(
                        cluster.id(),
                        Clusters.word(cluster.state()),
                        Figures.time(cluster.health().sinceMillis()),
                        cluster.fence(),
                        Figures.count(summary.grains(), "grain"));
    }
}
