package io.staddle.cli.cluster;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MoveId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.query.ClusterSummary;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.client.ClusterAdmin;

import java.util.List;
import java.util.Locale;

/// Finds clusters and shows them.
public final class Clusters {
    private Clusters() {}

    /// Returns the cluster of that name.
    ///
    /// @throws CliException if there is none, naming those that there are
    public static ClusterSummary find(ClusterAdmin clusters, ClusterId id) {
        List<ClusterSummary> all = clusters.list();
        return all.stream()
                .filter(each -> each.cluster().id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id, all));
    }

    /// Returns a state in the words of the command line.
    public static String word(ClusterState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Table table(List<ClusterSummary> clusters) {
        Table table =
                new Table(
                        Column.left("CLUSTER"),
                        Column.left("STATE"),
                        Column.left("ROLE"),
                        Column.left("REGION"),
                        Column.right("TIER"),
                        Column.right("FENCE"),
                        Column.right("GRAINS"),
                        Column.left("ENDPOINT"));
        clusters.forEach(each -> row(table, each));
        return table;
    }

    static String details(ClusterSummary summary) {
        ClusterRecord cluster = summary.cluster();
        ClusterProfile profile = cluster.profile();
        return """
        cluster   %s
        state     %s since %s
        region    %s
        endpoint  %s
        tier      %d
        role      %s
        fence     %s, obeys %s
        failover  %s
        version   %d
        grains    %s
        """
                .formatted(
                        cluster.id(),
                        word(cluster.state()),
                        Figures.time(cluster.health().sinceMillis()),
                        orDash(profile.region()),
                        orDash(profile.endpoint()),
                        profile.tierRank(),
                        role(cluster),
                        cluster.fence(),
                        cluster.fencing().acked(),
                        cluster.fencing().openFailover().map(MoveId::value).orElse("-"),
                        cluster.version(),
                        Figures.count(summary.grains()));
    }

    private static void row(Table table, ClusterSummary summary) {
        ClusterRecord cluster = summary.cluster();
        ClusterProfile profile = cluster.profile();
        table.row(
                Cell.of(cluster.id().value()),
                new Cell(word(cluster.state()), tone(cluster.state())),
                Cell.of(role(cluster)),
                Cell.of(profile.region()),
                Cell.of(Integer.toString(profile.tierRank())),
                Cell.of(cluster.fence().toString()),
                Cell.of(Figures.count(summary.grains())),
                Cell.of(profile.endpoint()));
    }

    private static String role(ClusterRecord cluster) {
        String role = cluster.role().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return cluster.profile().primaryEligible() ? role : role + ", not eligible";
    }

    private static Tone tone(ClusterState state) {
        return switch (state) {
            case HEALTHY -> Tone.GOOD;
            case SUSPECT, RECOVERING, DRAINING -> Tone.WARN;
            case FAILED -> Tone.BAD;
            case UNKNOWN -> Tone.DIM;
        };
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static CliException unknown(ClusterId id, List<ClusterSummary> all) {
        List<ClusterId> names = all.stream().map(each -> each.cluster().id()).toList();
        return CliException.refused(
                "there is no cluster " + id,
                names.isEmpty()
                        ? "Register it first: staddle cluster register " + id + " --healthy"
                        : "There are: " + names + ". To add it: staddle cluster register " + id);
    }
}
