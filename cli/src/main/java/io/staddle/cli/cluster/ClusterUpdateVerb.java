package io.staddle.cli.cluster;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.cli.shell.CliException;
import io.staddle.cli.shell.ExitCode;
import io.staddle.cli.shell.Session;
import io.staddle.cli.shell.Verb;
import io.staddle.client.ClusterAdmin;
import io.staddle.client.Result;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Locale;
import java.util.Optional;

/// `cluster update`
@Command(
        name = "update",
        description = {
            "Changes what an operator says about a cluster, or its state by hand.",
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

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description =
                    "healthy, suspect, recovering, draining or unknown. To failed leads only"
                            + " `failover run`.")
    private Optional<String> state = Optional.empty();

    /// Creates it.
    public ClusterUpdateVerb(Desk desk) {
        super(desk);
    }

    @Override
    protected ExitCode run(Session session) {
        Optional<ClusterState> nextState = state.map(ClusterUpdateVerb::parse);
        ClusterAdmin clusters = session.clusters();
        ClusterRecord seen = Clusters.find(clusters, cluster).cluster();
        ClusterProfile nextProfile = changed(seen.profile());
        boolean updates = !nextProfile.equals(seen.profile());
        if (!updates || nextState.isEmpty()) {
            return conclude(
                    session,
                    nextState.isEmpty()
                            ? update(clusters, seen, nextProfile)
                            : clusters.setState(cluster, nextState.get(), seen.version()));
        }
        Result<ClusterRecord> updated = update(clusters, seen, nextProfile);
        return switch (updated) {
            case Result.Done<ClusterRecord> done ->
                    conclude(
                            session,
                            clusters.setState(cluster, nextState.get(), done.value().version()));
            case Result.Refused<ClusterRecord> refused -> conclude(session, refused);
            case Result.Unknown<ClusterRecord> unknown -> conclude(session, unknown);
        };
    }

    private Result<ClusterRecord> update(
            ClusterAdmin clusters, ClusterRecord seen, ClusterProfile next) {
        return clusters.update(cluster, next, seen.version());
    }

    private ClusterProfile changed(ClusterProfile profile) {
        if (region.isEmpty()
                && endpoint.isEmpty()
                && tier.isEmpty()
                && primary.isEmpty()
                && state.isEmpty()) {
            throw CliException.usage(
                    "nothing to change was named",
                    "Name one of --region, --endpoint, --tier, --primary and --state.");
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

    private static ClusterState parse(String word) {
        try {
            return ClusterState.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw CliException.usage(
                    "--state must be healthy, suspect, recovering, draining or unknown, but is \""
                            + word
                            + "\"",
                    "To demote a cluster: staddle failover run CLUSTER");
        }
    }
}
