package io.staddle.cli.cluster;

import io.staddle.api.codec.ClusterCodec;
import io.staddle.api.codec.HealthCodec;
import io.staddle.api.query.ClusterOverview;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.query.Consistency;
import io.staddle.api.v1.ListClustersAnswer;
import io.staddle.cli.shell.AsOf;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;

/// `cluster list`
@Command(
        name = "list",
        description = {
            "Lists the clusters: their health, role, fence and grains.",
            "Of one that failed, or may have, also how far its failover has got."
        })
public final class ClusterListVerb extends Verb {
    @Mixin private AsOf asOf = new AsOf();

    /// Creates it.
    public ClusterListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session present) {
        Session session = asOf.in(present);
        ClusterOverview overview = session.clusters().overview(Consistency.LINEARIZABLE).value();
        List<ClusterSummary> clusters = overview.clusters();
        ListClustersAnswer.Builder answer =
                ListClustersAnswer.newBuilder().setPrimacy(HealthCodec.encode(overview.primacy()));
        clusters.forEach(each -> answer.addClusters(ClusterCodec.encode(each)));
        overview.pause().ifPresent(pause -> answer.setPause(HealthCodec.encode(pause)));
        session.output()
                .table(answer.build(), () -> Clusters.table(clusters, System.currentTimeMillis()));
        overview.pause()
                .ifPresent(pause ->
                        session.say("Automation is paused for all: " + Clusters.words(pause)));
        if (clusters.isEmpty()) {
            session.say(
                    "No clusters yet. To add one: staddle cluster register NAME --region R"
                            + " --healthy");
        }
        return ExitCode.DONE;
    }
}
