package io.staddle.server.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Config;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Setting;
import io.staddle.api.query.HoldingCount;
import io.staddle.api.query.ReplayStatus;
import io.staddle.server.metrics.Sheet;
import io.staddle.server.raft.Quorum;
import io.staddle.statemachine.history.HistoryBytes;
import io.staddle.statemachine.query.Queries;
import io.staddle.statemachine.query.ReplayQueries;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.StorageException;
import io.staddle.storage.View;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What is in the state, from one view a scrape. The cost depends on clusters, holdings and
/// migrations that go on, never on grains.
final class StateMetrics implements MultiCollector {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Quorum quorum;

    StateMetrics(Quorum quorum) {
        this.quorum = quorum;
    }

    @Override
    public MetricSnapshots collect() {
        try (View view = quorum.view()) {
            Sheet sheet = new Sheet();
            clusters(view, sheet);
            List<HoldingCount> holdings = new Queries(view).holdings();
            grains(holdings, sheet);
            types(holdings, Configs.of(view), sheet);
            history(view, sheet);
            replay(new ReplayQueries(view).all(), sheet);
            migrations(Migrations.current(view), new Queries(view).logicalNowMillis(), sheet);
            return sheet.toSnapshots();
        } catch (StorageException replaced) {
            // A snapshot is being installed: the next scrape has it.
            return new MetricSnapshots();
        }
    }

    private static void clusters(View view, Sheet sheet) {
        Map<String, Long> states = new LinkedHashMap<>();
        for (ClusterState state : ClusterState.values()) {
            states.put(state.name().toLowerCase(Locale.ROOT), 0L);
        }
        new Queries(view)
                .clusterRecords()
                .forEach(cluster ->
                        states.merge(
                                cluster.state().name().toLowerCase(Locale.ROOT), 1L, Long::sum));
        sheet.gauge("staddle_clusters", "Clusters by the state of their health", "state", states)
                .gauge(
                        "staddle_automation_paused",
                        "1 while an operator has paused everything that happens by itself",
                        view.get(Schema.AUTOMATION, Schema.ONLY).isPresent() ? 1 : 0);
    }

    private static void grains(List<HoldingCount> holdings, Sheet sheet) {
        Map<String, Double> owned = new HashMap<>();
        long strandedHoldings = 0;
        long strandedGrains = 0;
        for (HoldingCount each : holdings) {
            switch (each.holding().holder()) {
                case Holder.Owner(var owner) ->
                        owned.merge(owner.value(), (double) each.grains(), Double::sum);
                case Holder.Stranded _ -> {
                    strandedHoldings++;
                    strandedGrains += each.grains();
                }
            }
        }
        sheet.gauge(
                        "staddle_holdings",
                        "Holdings, by whether a cluster owns them",
                        "state",
                        Map.of(
                                "owned",
                                holdings.size() - strandedHoldings,
                                "stranded",
                                strandedHoldings))
                .gauge(
                        "staddle_grains",
                        "Grains that a cluster owns",
                        "cluster",
                        Sheet.bounded(
                                List.copyOf(owned.entrySet()),
                                Map.Entry::getKey,
                                Map.Entry::getValue,
                                Double::sum))
                .gauge(
                        "staddle_grains_stranded",
                        "Grains that no cluster may own now",
                        strandedGrains);
    }

    private static void types(List<HoldingCount> holdings, Config config, Sheet sheet) {
        Map<String, Double> types = new HashMap<>();
        holdings.forEach(each ->
                types.merge(each.holding().type().name(), (double) each.grains(), Double::sum));
        sheet.gauge(
                        "staddle_grains_of_type",
                        "Grains of a type that are owned or stranded",
                        "type",
                        Sheet.bounded(
                                List.copyOf(types.entrySet()),
                                Map.Entry::getKey,
                                Map.Entry::getValue,
                                Double::sum))
                .gauge(
                        "staddle_grains_quota",
                        "How many grains there may be; 0 for no bound",
                        "per",
                        Map.of(
                                "cluster",
                                config.get(Setting.GRAINS_PER_CLUSTER),
                                "type",
                                config.get(Setting.GRAINS_PER_TYPE)));
    }

    private static void history(View view, Sheet sheet) {
        sheet.gauge(
                        "staddle_history_bytes",
                        "Bytes of history that are kept",
                        HistoryBytes.kept(view))
                .gauge(
                        "staddle_history_bytes_max",
                        "How many bytes of history are kept at most; 0 for no bound",
                        Configs.of(view).get(Setting.HISTORY_BYTES_MAX));
    }

    private static void replay(List<ReplayStatus> queues, Sheet sheet) {
        Function<ReplayStatus, String> target = each -> each.queue().target().value();
        sheet.gauge(
                        "staddle_replay_entries",
                        "Entries that a cluster has yet to acknowledge",
                        "cluster",
                        Sheet.bounded(
                                queues,
                                target,
                                each -> (double) each.queue().entries(),
                                Double::sum))
                .gauge(
                        "staddle_replay_bytes",
                        "Bytes that a cluster has yet to acknowledge",
                        "cluster",
                        Sheet.bounded(
                                queues, target, each -> (double) each.queue().bytes(), Double::sum))
                .gauge(
                        "staddle_replay_oldest_seconds",
                        "Age of the first entry that a cluster has yet to acknowledge; 0 for none",
                        "cluster",
                        Sheet.bounded(
                                queues,
                                target,
                                each -> each.oldestAgeMillis() / MILLIS_PER_SECOND,
                                Double::max));
    }

    private static void migrations(List<MigrationRecord> all, long nowMillis, Sheet sheet) {
        Map<String, Long> phases = new LinkedHashMap<>();
        for (MigrationPhase phase : MigrationPhase.values()) {
            if (phase != MigrationPhase.COMPLETED) {
                phases.put(phase.name().toLowerCase(Locale.ROOT), 0L);
            }
        }
        long oldest = nowMillis;
        for (MigrationRecord each : all) {
            phases.merge(each.phase().name().toLowerCase(Locale.ROOT), 1L, Long::sum);
            oldest = Math.min(oldest, each.stage().waiting().sinceMillis());
        }
        sheet.gauge(
                        "staddle_migrations",
                        "Migrations that go on, or are aborted and not fenced, by phase",
                        "phase",
                        phases)
                .gauge(
                        "staddle_migration_oldest_wait_seconds",
                        "How long the migration that waits longest has waited for one thing",
                        (nowMillis - oldest) / MILLIS_PER_SECOND);
    }
}
