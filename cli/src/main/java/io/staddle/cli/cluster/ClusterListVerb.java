package io.staddle.cli.cluster;

import io.staddle.api.codec.ModelCodec;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.v1.ListClustersAnswer;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;

import java.util.List;

/// `cluster list`
@Command(name = "list", description = "Lists the clusters and how many grains each owns.")
public final class ClusterListVerb extends Verb {
    /// Creates it.
    public ClusterListVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        List<ClusterSummary> clusters = session.clusters().list();
        ListClustersAnswer.Builder answer = ListClustersAnswer.newBuilder();
        clusters.forEach(
                each -> answer.addClusters(ModelCodec.encode(each.cluster(), each.grains())));
        session.output().table(answer.build(), () -> Clusters.table(clusters));
        if (clusters.isEmpty()) {
            session.say(
                    "No clusters yet. To add one: staddle cluster register NAME --region R"
                            + " --healthy");
        }
        return ExitCode.DONE;
    }
}
