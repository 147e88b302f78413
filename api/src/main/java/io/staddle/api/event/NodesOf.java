package io.staddle.api.event;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.Compensation;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.NodeBeat;
import io.staddle.api.model.ObservedConfig;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Removal;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which data nodes and participants of barriers an event names.
final class NodesOf {
    private NodesOf() {}

    static Set<NodeId> event(RoutingEvent event) {
        return switch (event) {
            case RoutingEvent.NodeRegistered e -> Set.of(e.node().id());
            case RoutingEvent.NodeStateChanged e -> Set.of(e.node().id());
            case RoutingEvent.NodesHeard e -> all(e.beats().stream().map(NodeBeat::node));
            case RoutingEvent.NodeRemoved e -> Set.of(e.node());
            case RoutingEvent.RoutingInitialised e -> Set.copyOf(e.layout().nodes());
            case RoutingEvent.GroupChanged e -> with(e.node(), group(e.group()));
            case RoutingEvent.GroupReported e -> with(e.node(), group(e.group()));
            case RoutingEvent.LeaderChosen e -> group(e.group());
            case RoutingEvent.VShardMoved e -> all(Stream.of(e.from(), e.vShard().leaseholder()));
        };
    }

    static Set<NodeId> event(MigrationEvent event) {
        return switch (event) {
            case MigrationEvent.MigrationStarted e -> both(e.migration().header());
            case MigrationEvent.ProgressReported same -> Set.of();
            case MigrationEvent.PhaseEntered e -> both(e.migration().header());
            case MigrationEvent.WritesPaused e -> Set.of(e.vShard().leaseholder());
            case MigrationEvent.WritesResumed e -> Set.of(e.vShard().leaseholder());
            case MigrationEvent.CompensationApplied e -> of(e.compensation());
            case MigrationEvent.MigrationCompleted e -> both(e.migration().header());
            case MigrationEvent.MigrationAborted e -> both(e.migration().header());
            case MigrationEvent.FenceConfirmed e -> with(e.node(), both(e.migration().header()));
            case MigrationEvent.MigrationsForgotten same -> Set.of();
            case MigrationEvent.GhostInstalled e -> both(e.ghost());
            case MigrationEvent.GhostAdjusted e -> both(e.ghost());
            case MigrationEvent.GhostPurged e -> both(e.ghost());
        };
    }

    static Set<NodeId> event(BarrierEvent event) {
        return switch (event) {
            case BarrierEvent.CoordinatorChanged e -> all(e.coordinator().node().stream());
            case BarrierEvent.BarrierBegun e ->
                    all(e.participants().stream().map(Participation::node));
            case BarrierEvent.BarrierAcknowledged e -> Set.of(e.participant().node());
            case BarrierEvent.ScopeConfigured e -> all(e.state().coordinator().node().stream());
            case BarrierEvent.CoordinatorRenewed same -> Set.of();
            case BarrierEvent.CoordinatorReleased same -> Set.of();
            case BarrierEvent.BarrierReady e -> guilty(e.barrier().decision());
            case BarrierEvent.BarrierCommitted e -> guilty(e.barrier().decision());
            case BarrierEvent.BarrierAborted e -> guilty(e.barrier().decision());
            case BarrierEvent.BarriersForgotten same -> Set.of();
        };
    }

    private static Set<NodeId> guilty(BarrierDecision decision) {
        return decision instanceof BarrierDecision.Aborted aborted
                ? Set.copyOf(aborted.nodes())
                : Set.of();
    }

    private static Set<NodeId> group(GroupRecord group) {
        return all(
                Stream.of(
                                group.voters().stream(),
                                group.learners().stream(),
                                group.leader().stream(),
                                group.observed().stream().map(ObservedConfig::node),
                                group.removals().stream().map(Removal::node))
                        .flatMap(each -> each));
    }

    private static Set<NodeId> of(Compensation compensation) {
        return switch (compensation) {
            case Compensation.RemoveLearner e -> Set.of(e.node());
            case Compensation.RemoveVoter e -> Set.of(e.node());
            case Compensation.DemoteToLearner e -> Set.of(e.node());
            case Compensation.RestoreLeader e -> all(e.leader().stream());
            case Compensation.ResumeWrites same -> Set.of();
        };
    }

    private static Set<NodeId> both(MigrationHeader header) {
        return all(Stream.of(header.source(), header.target()));
    }

    private static Set<NodeId> both(Ghost ghost) {
        return all(Stream.of(ghost.source(), ghost.target()));
    }

    private static Set<NodeId> with(NodeId node, Set<NodeId> others) {
        return all(Stream.concat(Stream.of(node), others.stream()));
    }

    private static Set<NodeId> all(Stream<NodeId> nodes) {
        return nodes.collect(Collectors.toUnmodifiableSet());
    }
}
