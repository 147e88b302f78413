package io.staddle.server.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.query.HoldingCount;
import io.staddle.server.metrics.Sheet;
import io.staddle.server.raft.Quorum;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.StorageException;
import io.staddle.storage.View;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.Collectors;

/// Adds up for how long grains were without anybody to act for them: ten grains for a minute are
/// 600 grain-seconds.
///
/// Only the leader counts, so the sum over all servers is right. What passed while there was no
/// leader is not counted.
public final class UnownedTime implements MultiCollector {
    /// What a look may count at most: a leader that was paused for longer may have been replaced.
    static final double SECONDS_MAX = 5;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Quorum quorum;
    private final DoubleAdder stranded = new DoubleAdder();
    private final DoubleAdder silent = new DoubleAdder();

    /// Only the thread that ticks touches it; empty while another server leads.
    private OptionalLong lookedNanos = OptionalLong.empty();

    /// Counts the grains of `quorum`.
    public UnownedTime(Quorum quorum) {
        this.quorum = quorum;
    }

    /// Looks once. To be called every second, by one thread.
    public void tick(long nowNanos) {
        if (quorum.leadingTerm().isEmpty()) {
            lookedNanos = OptionalLong.empty();
            return;
        }
        long since = lookedNanos.orElse(nowNanos);
        lookedNanos = OptionalLong.of(nowNanos);
        add(Math.min(SECONDS_MAX, (nowNanos - since) / NANOS_PER_SECOND));
    }

    @Override
    public MetricSnapshots collect() {
        return new Sheet()
                .counter(
                        "staddle_unowned_grain_seconds",
                        "Grains times the seconds that nobody acted for them, by why",
                        "why",
                        Map.of("stranded", stranded.sum(), "owner_suspect", silent.sum()))
                .toSnapshots();
    }

    private void add(double seconds) {
        try (View view = quorum.view()) {
            Queries state = new Queries(view);
            Set<ClusterId> suspects =
                    state.clusterRecords().stream()
                            .filter(each -> each.state() == ClusterState.SUSPECT)
                            .map(ClusterRecord::id)
                            .collect(Collectors.toSet());
            for (HoldingCount each : state.holdings()) {
                switch (each.holding().holder()) {
                    case Holder.Stranded _ -> stranded.add(seconds * each.grains());
                    case Holder.Owner(var owner) when suspects.contains(owner) ->
                            silent.add(seconds * each.grains());
                    case Holder.Owner _ -> {}
                }
            }
        } catch (StorageException replaced) {
            // A snapshot is being installed: this server does not lead any more.
        }
    }
}
