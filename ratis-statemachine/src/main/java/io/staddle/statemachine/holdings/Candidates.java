package io.staddle.statemachine.holdings;

import io.staddle.api.command.Successor;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.ClusterRecord;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Placement;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;
import io.staddle.storage.Row;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who can take over: healthy clusters, by tier and name, that placement allows.
///
/// It can be asked about a state in which one record is already changed: [#with(ClusterRecord)].
public final class Candidates {
    private static final Comparator<ClusterRecord> ORDER =
            Comparator.<ClusterRecord>comparingInt(cluster -> cluster.profile().tierRank())
                    .thenComparing(ClusterRecord::id);

    private final Reads view;
    private final Map<ClusterId, ClusterRecord> clusters;
    private final Map<GrainType, Placement> placements;

    private Candidates(
            Reads view,
            Map<ClusterId, ClusterRecord> clusters,
            Map<GrainType, Placement> placements) {
        this.view = view;
        this.clusters = clusters;
        this.placements = placements;
    }

    /// Returns the candidates of a state.
    public static Candidates of(Reads view) {
        Map<ClusterId, ClusterRecord> clusters = new TreeMap<>();
        try (var rows = view.scan(Schema.CLUSTERS, KeyRange.all())) {
            while (rows.hasNext()) {
                Row<ClusterId, ClusterRecord> row = rows.next();
                clusters.put(row.key(), row.value());
            }
        }
        return new Candidates(view, clusters, new TreeMap<>());
    }

    /// Returns the candidates if a cluster were as `changed` says.
    public Candidates with(ClusterRecord changed) {
        Map<ClusterId, ClusterRecord> next = new TreeMap<>(clusters);
        next.put(changed.id(), changed);
        return new Candidates(view, next, placements);
    }

    /// Returns the candidates if a placement were as `changed` says.
    public Candidates with(Placement changed) {
        Map<GrainType, Placement> next = new TreeMap<>(placements);
        next.put(changed.type(), changed);
        return new Candidates(view, clusters, next);
    }

    /// Returns who takes over grains of a type from `from`; empty if nobody can.
    public Optional<ClusterId> successor(ClusterId from, GrainType type, Successor wish) {
        Placement placement = placement(type);
        return switch (wish) {
            case Successor.Named(var named) ->
                    Optional.of(named).filter(placement::allows).filter(this::isHealthy);
            case Successor.ByPlacement _ ->
                    healthy().stream()
                            .map(ClusterRecord::id)
                            .filter(id -> !id.equals(from) && placement.allows(id))
                            .findFirst();
        };
    }

    /// Says why nobody can take over grains of a type.
    public String whyNone(GrainType type, Successor wish) {
        Placement placement = placement(type);
        String allowed =
                placement.allowed().isEmpty()
                        ? "any cluster may own it"
                        : "placement allows " + placement.allowed();
        return switch (wish) {
            case Successor.Named(var named) ->
                    placement.allows(named) ? named + " is not healthy" : allowed;
            case Successor.ByPlacement _ -> allowed + ", but no other of these is healthy";
        };
    }

    /// Tells whether a cluster is registered and healthy.
    public boolean isHealthy(ClusterId id) {
        ClusterRecord cluster = clusters.get(id);
        return cluster != null && cluster.state() == ClusterState.HEALTHY;
    }

    private List<ClusterRecord> healthy() {
        List<ClusterRecord> healthy = new ArrayList<>(clusters.values());
        healthy.removeIf(cluster -> cluster.state() != ClusterState.HEALTHY);
        healthy.sort(ORDER);
        return healthy;
    }

    private Placement placement(GrainType type) {
        Placement changed = placements.get(type);
        return changed != null
                ? changed
                : view.get(Schema.PLACEMENTS, type).orElseGet(() -> Placement.anywhere(type));
    }
}
