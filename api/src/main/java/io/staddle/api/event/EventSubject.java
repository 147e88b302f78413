package io.staddle.api.event;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.model.Holding.Holder;
import io.staddle.api.model.Reach;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an event is about, as far as one can ask for it.
///
/// @param type the type of the grains that it is about; empty if it is about none
/// @param key the key of the one grain that it is about; empty if that is all of a type, or none
/// @param clusters that it names
/// @param scope the scope of barriers that it is about; empty if it is about none
/// @param nodes data nodes, or participants of barriers, that it names
public record EventSubject(
        Optional<GrainType> type,
        Optional<String> key,
        Set<ClusterId> clusters,
        Optional<ScopeId> scope,
        Set<NodeId> nodes) {
    private static final EventSubject NOTHING = new EventSubject(Optional.empty(), List.of());

    /// Copies the sets.
    public EventSubject {
        clusters = Set.copyOf(clusters);
        nodes = Set.copyOf(nodes);
    }

    private EventSubject(Optional<GrainType> type, List<ClusterId> clusters) {
        this(type, Optional.empty(), new LinkedHashSet<>(clusters), Optional.empty(), Set.of());
    }

    private EventSubject(Optional<ScopeId> scope, Set<NodeId> nodes) {
        this(Optional.empty(), Optional.empty(), Set.of(), scope, nodes);
    }

    /// Returns what an event is about.
    public static EventSubject of(Event event) {
        return switch (event) {
            case DirectoryEvent directory -> of(directory);
            case ClusterEvent cluster -> of(clusters(cluster));
            case ReplayEvent.Settled settled -> of(List.of(settled.target(), settled.origin()));
            case ReplayEvent replay -> of(List.of(replay.target()));
            case RoutingEvent routing -> new EventSubject(Optional.empty(), NodesOf.event(routing));
            case MigrationEvent migration ->
                    new EventSubject(Optional.empty(), NodesOf.event(migration));
            case BarrierEvent barrier ->
                    new EventSubject(Optional.of(barrier.scope()), NodesOf.event(barrier));
            case AdminEvent same -> NOTHING;
            case AccessEvent same -> NOTHING;
        };
    }

    private static EventSubject of(DirectoryEvent event) {
        return switch (event) {
            case DirectoryEvent.HoldingOpened e -> of(e.type(), List.of(e.cluster()));
            case DirectoryEvent.Granted e -> of(e.grain(), List.of(e.owner()));
            case DirectoryEvent.Released e -> of(e.grain(), List.of(e.lastOwner()));
            case DirectoryEvent.LeaseRenewed e -> of(e.grain(), List.of());
            case DirectoryEvent.LeaseForgotten e -> of(e.grain(), List.of());
            case DirectoryEvent.HoldingMoved e ->
                    of(
                            e.type(),
                            switch (e.to()) {
                                case Holder.Owner(var to) -> List.of(e.from(), to);
                                case Holder.Stranded same -> List.of(e.from());
                            });
            case DirectoryEvent.HoldingClosed same -> NOTHING;
            case DirectoryEvent.PlacementSet e ->
                    of(e.placement().type(), List.copyOf(e.placement().allowed()));
            case DirectoryEvent.FloorRaised e -> of(e.type(), List.of());
            case DirectoryEvent.TombstonePurged e -> of(e.grain(), List.of());
        };
    }

    private static List<ClusterId> clusters(ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.Registered e -> List.of(e.cluster().id());
            case ClusterEvent.Updated e -> List.of(e.cluster().id());
            case ClusterEvent.Removed e -> List.of(e.cluster());
            case ClusterEvent.StateChanged e -> List.of(e.cluster());
            case ClusterEvent.Heard e -> List.of(e.beat().cluster());
            case ClusterEvent.Fenced e -> List.of(e.cluster());
            case ClusterEvent.Readmitted e -> List.of(e.cluster());
            case ClusterEvent.RoleChanged e -> List.of(e.cluster());
            case ClusterEvent.PrimacyChanged e -> e.primacy().primary().stream().toList();
            case ClusterEvent.FailoverBlocked e -> List.of(e.cluster());
            case ClusterEvent.AutomationPaused e -> clusters(e.reach());
            case ClusterEvent.AutomationResumed e -> clusters(e.reach());
            case ClusterEvent.MoveRecorded e -> List.of(e.move().cluster());
        };
    }

    private static List<ClusterId> clusters(Reach reach) {
        return switch (reach) {
            case Reach.AllClusters same -> List.of();
            case Reach.OneCluster(var cluster) -> List.of(cluster);
        };
    }

    private static EventSubject of(List<ClusterId> clusters) {
        return new EventSubject(Optional.empty(), clusters);
    }

    private static EventSubject of(GrainType type, List<ClusterId> clusters) {
        return new EventSubject(Optional.of(type), clusters);
    }

    private static EventSubject of(GrainId grain, List<ClusterId> clusters) {
        return new EventSubject(
                Optional.of(grain.type()),
                Optional.of(grain.key()),
                new LinkedHashSet<>(clusters),
                Optional.empty(),
                Set.of());
    }
}
