package io.staddle.cli.cluster;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ClusterAdmin;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// `cluster update`
@Command(
        name = "update",
        description = {
            "Changes what an operator says about a cluster.",
            "What is not named stays as it is."
        })
public final class ClusterUpdateVerb extends Verb {
    @Parameters(paramLabel = "CLUSTER", description = "The cluster.")
    private ClusterId cluster = new ClusterId("unset");

    @Option(names = "--region", paramLabel = "TEXT", description = "Where it is.")
    private Optional<String> region = Optional.empty();

    @Option(names = "--endpoint", paramLabel = "TEXT", description = "Where it is reached.")
    private Optional<String> endpoint = Optional.empty();

    @Option(
            names = "--tier",
            paramLabel = "RANK",
            description = "0 to 1000; the lowest takes over first.")
    private Optional<Integer> tier = Optional.empty();

    @Option(
            names = "--primary",
            paramLabel = "true|false",
            description = "Whether it may become the primary.")
    private Optional<Boolean> primary = Optional.empty();

    /// Creates it.
    public ClusterUpdateVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        ClusterAdmin clusters = session.clusters();
        ClusterRecord seen = Clusters.find(clusters, cluster).cluster();
        ClusterProfile next = changed(seen.profile());
        return conclude(session, clusters.update(cluster, next, seen.version()));
    }

    private ClusterProfile changed(ClusterProfile profile) {
        if (region.isEmpty() && endpoint.isEmpty() && tier.isEmpty() && primary.isEmpty()) {
            throw CliException.usage(
                    "nothing to change was named",
                    "Name one of --region, --endpoint, --tier and --primary.");
        }
        return new ClusterProfile(
                region.orElse(profile.region()),
                endpoint.orElse(profile.endpoint()),
                tier.orElse(profile.tierRank()),
                primary.orElse(profile.primaryEligible()));
    }

    private ExitCode conclude(Session session, Result<ClusterRecord> result) {
        return session.conclude(
                result,
                Answer.Cluster::new,
                done ->
                        "cluster %s is %s, version %d (revision %s)"
                                .formatted(
                                        cluster,
                                        Clusters.word(done.value().state()),
                                        done.value().version(),
                                        done.revision()));
    }
}
