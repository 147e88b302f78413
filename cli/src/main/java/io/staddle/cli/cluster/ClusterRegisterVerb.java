package io.staddle.cli.cluster;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cluster register`
@Command(
        name = "register",
        description = {
            "Makes a cluster known: a failover domain that may own grains.",
            "Repeated with the same options it changes nothing."
        })
public final class ClusterRegisterVerb extends Verb {
    @Parameters(
            paramLabel = "CLUSTER",
            description = "Its name: letters, digits and . _ - , at most 64.")
    private ClusterId cluster = new ClusterId("unset");

    @Option(names = "--region", paramLabel = "TEXT", description = "Where it is.")
    private String region = "";

    @Option(names = "--endpoint", paramLabel = "TEXT", description = "Where it is reached.")
    private String endpoint = "";

    @Option(
            names = "--tier",
            paramLabel = "RANK",
            description = "0 to 1000; the lowest takes over first. Default: 0")
    private int tier;

    @Option(names = "--no-primary", description = "It may not become the primary.")
    private boolean noPrimary;

    @Option(
            names = "--healthy",
            description = "It is up: it may own grains at once. Else its state is unknown.")
    private boolean healthy;

    /// Creates it.
    public ClusterRegisterVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterProfile profile = new ClusterProfile(region, endpoint, tier, !noPrimary);
        ClusterState state = healthy ? ClusterState.HEALTHY : ClusterState.UNKNOWN;
        Result<ClusterRecord> result = session.clusters().register(cluster, profile, state);
        return session.conclude(
                result,
                Answer.Cluster::new,
                done ->
                        "cluster %s is registered: %s, fence %s (revision %s)"
                                .formatted(
                                        cluster,
                                        Clusters.word(done.value().state()),
                                        done.value().fence(),
                                        done.revision()));
    }
}
