package io.staddle.cli.cluster;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `cluster readmit`
@Command(
        name = "readmit",
        description = {
            "Takes a cluster back in that was failed over.",
            "It must be recovering, obey its fence and have made up for what it missed."
        })
public final class ClusterReadmitVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private ClusterId cluster = new ClusterId("unset");

    /// Creates it.
    public ClusterReadmitVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterRecord seen = Clusters.find(session.clusters(), cluster).cluster();
        MoveId failover =
                seen.fencing()
                        .openFailover()
                        .orElseThrow(() ->
                                CliException.refused(
                                        "cluster " + cluster + " is not failed over",
                                        "There is nothing to do."));
        return session.conclude(
                session.clusters().readmit(cluster, failover),
                Answer.Cluster::new,
                done ->
                        "cluster %s is %s again, behind fence %s (revision %s)"
                                .formatted(
                                        cluster,
                                        Clusters.word(done.value().state()),
                                        done.value().fence(),
                                        done.revision()));
    }
}
