package io.staddle.cli.cluster;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Pause;
import io.staddle.api.model.Vitals;
import io.staddle.api.query.ClusterSummary;
import io.staddle.cli.output.Figures;
import io.staddle.cli.output.Ink.Tone;
import io.staddle.cli.output.Table;
import io.staddle.cli.output.Table.Cell;
import io.staddle.cli.output.Table.Column;
import io.staddle.cli.shell.CliException;
import io.staddle.client.ClusterAdmin;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Finds clusters and shows them.
public final class Clusters {
    private static final int NAMES_TOLD = 10;

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

    /// Returns an order to pause in words: why, who gave it and when.
    static String words(Pause pause) {
        String actor = pause.actor().isEmpty() ? "" : " by " + pause.actor();
        return "%s (since %s%s)"
                .formatted(pause.reason(), Figures.time(pause.sinceMillis()), actor);
    }

    /// Returns a row a cluster.
    ///
    /// @param nowMillis when it is looked at, to tell for how long the states last
    static Table table(List<ClusterSummary> clusters, long nowMillis) {
        Table table =
                new Table(
                        Column.left("CLUSTER"),
                        Column.left("STATE"),
                        Column.right("FOR"),
                        Column.left("ROLE"),
                        Column.left("REGION"),
                        Column.right("TIER"),
                        Column.right("FENCE"),
                        Column.right("GRAINS"),
                        Column.left("FAILOVER"),
                        Column.left("PAUSED"),
                        Column.left("ENDPOINT"));
        clusters.forEach(each -> row(table, each, nowMillis));
        return table;
    }

    /// Returns all that is known of a cluster, a line each.
    static String details(ClusterSummary summary, long nowMillis) {
        ClusterRecord cluster = summary.cluster();
        ClusterProfile profile = cluster.profile();
        return """
        cluster   %s
        state     %s since %s, for %s
        failover  %s
        paused    %s
        role      %s
        fence     %s, obeys %s
        grains    %s
        region    %s
        endpoint  %s
        tier      %d
        life      %s
        lag       %s
        version   %d
        """
                .formatted(
                        cluster.id(),
                        word(cluster.state()),
                        Figures.time(cluster.health().sinceMillis()),
                        age(cluster, nowMillis),
                        Phases.sentence(summary.phase()),
                        cluster.pause().map(Clusters::words).orElse("no"),
                        role(cluster),
                        cluster.fence(),
                        cluster.fencing().acked(),
                        Figures.count(summary.grains()),
                        orDash(profile.region()),
                        orDash(profile.endpoint()),
                        profile.tierRank(),
                        life(cluster.vitals()),
                        lag(cluster.vitals()),
                        cluster.version());
    }

    private static void row(Table table, ClusterSummary summary, long nowMillis) {
        ClusterRecord cluster = summary.cluster();
        ClusterProfile profile = cluster.profile();
        table.row(
                Cell.of(cluster.id().value()),
                new Cell(word(cluster.state()), tone(cluster.state())),
                Cell.of(age(cluster, nowMillis)),
                Cell.of(role(cluster)),
                Cell.of(profile.region()),
                Cell.of(Integer.toString(profile.tierRank())),
                Cell.of(cluster.fence().toString()),
                Cell.of(Figures.count(summary.grains())),
                Phases.cell(summary.phase()),
                new Cell(cluster.pause().isPresent() ? "yes" : "", Tone.WARN),
                Cell.of(profile.endpoint()));
    }

    /// The clock of the servers may be ahead of this one.
    private static String age(ClusterRecord cluster, long nowMillis) {
        long millis = Math.max(0, nowMillis - cluster.health().sinceMillis());
        return Figures.duration(Duration.ofMillis(millis));
    }

    private static String life(Vitals vitals) {
        return vitals.incarnation() == 0 ? "-" : Long.toString(vitals.incarnation());
    }

    private static String lag(Vitals vitals) {
        return vitals.lagMillis().isPresent()
                ? Figures.duration(Duration.ofMillis(vitals.lagMillis().getAsLong()))
                : "-";
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
        String add = "staddle cluster register " + id;
        String names =
                all.stream()
                        .limit(NAMES_TOLD)
                        .map(each -> each.cluster().id().value())
                        .collect(Collectors.joining(", "));
        String more = all.size() > NAMES_TOLD ? " and more: staddle cluster list" : "";
        return CliException.notFound(
                "cluster",
                id,
                names.isEmpty()
                        ? "Register it first: " + add + " --healthy"
                        : "There are: " + names + more + ". To add it: " + add);
    }
}
