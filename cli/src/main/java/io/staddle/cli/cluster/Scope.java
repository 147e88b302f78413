package io.staddle.cli.cluster;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.Reach;
import io.staddle.cli.shell.CliException;
import io.staddle.client.ClusterAdmin;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/// One cluster, or all of them. A mixin of the verbs about automation.
final class Scope {
    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "The cluster.")
    private Optional<ClusterId> cluster = Optional.empty();

    @Option(names = "--all", description = "All clusters.")
    private boolean all;

    Reach reach(ClusterAdmin clusters) {
        if (cluster.isPresent() == all) {
            throw CliException.usage(
                    "either a cluster or --all was expected", "Name one of the two.");
        }
        return cluster.<Reach>map(
                        id -> new Reach.OneCluster(Clusters.find(clusters, id).cluster().id()))
                .orElse(Reach.ALL);
    }

    static String words(Reach reach) {
        return switch (reach) {
            case Reach.AllClusters _ -> "all clusters";
            case Reach.OneCluster(var id) -> "cluster " + id;
        };
    }
}
