package io.staddle.api.codec;

import io.staddle.api.event.AccessEvent;
import io.staddle.api.event.AdminEvent;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.ClusterEvent;
import io.staddle.api.event.DirectoryEvent;
import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.RecordedEvent;
import io.staddle.api.event.ReplayEvent;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.v1.EventBody;

/// Codec of events, as they are kept in history and sent to watchers.
///
/// Field numbers are format: never changed.
public final class EventCodec {
    private EventCodec() {}

    /// Encodes an event of history.
    public static io.staddle.api.v1.Event encode(RecordedEvent event) {
        return io.staddle.api.v1.Event.newBuilder()
                .setRevision(ModelCodec.encode(event.revision()))
                .setAtMillis(event.atMillis())
                .setOrigin(ModelCodec.encode(event.origin()))
                .setBody(encode(event.event()))
                .build();
    }

    /// Decodes an event of history.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static RecordedEvent decode(io.staddle.api.v1.Event event) {
        return new RecordedEvent(
                ModelCodec.decode(event.getRevision()),
                event.getAtMillis(),
                ModelCodec.decode(event.getOrigin()),
                decode(event.getBody()));
    }

    /// Encodes what happened.
    public static EventBody encode(Event event) {
        EventBody.Builder to = EventBody.newBuilder();
        switch (event) {
            case DirectoryEvent directory -> DirectoryEventCodec.encode(directory, to);
            case ClusterEvent cluster -> ClusterEventCodec.encode(cluster, to);
            case ReplayEvent replay -> ReplayEventCodec.encode(replay, to);
            case RoutingEvent routing -> RoutingEventCodec.encode(routing, to);
            case MigrationEvent migration -> MigrationEventCodec.encode(migration, to);
            case BarrierEvent barrier -> BarrierEventCodec.encode(barrier, to);
            case AdminEvent admin -> AdminEventCodec.encode(admin, to);
            case AccessEvent access -> AccessCodec.encode(access, to);
        }
        return to.build();
    }

    /// Decodes what happened.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static Event decode(EventBody from) {
        return switch (from.getKindCase()) {
            case HOLDING_OPENED -> DirectoryEventCodec.decode(from.getHoldingOpened());
            case GRANTED -> DirectoryEventCodec.decode(from.getGranted());
            case GRAIN_RELEASED -> DirectoryEventCodec.decode(from.getGrainReleased());
            case LEASE_RENEWED -> DirectoryEventCodec.decode(from.getLeaseRenewed());
            case HOLDING_MOVED -> DirectoryEventCodec.decode(from.getHoldingMoved());
            case HOLDING_CLOSED -> DirectoryEventCodec.decode(from.getHoldingClosed());
            case PLACEMENT_SET -> DirectoryEventCodec.decode(from.getPlacementSet());
            case TOMBSTONE_PURGED -> DirectoryEventCodec.decode(from.getTombstonePurged());
            case LEASE_FORGOTTEN -> DirectoryEventCodec.decode(from.getLeaseForgotten());
            case FLOOR_RAISED -> DirectoryEventCodec.decode(from.getFloorRaised());
            case CLUSTER_REGISTERED -> ClusterEventCodec.decode(from.getClusterRegistered());
            case CLUSTER_UPDATED -> ClusterEventCodec.decode(from.getClusterUpdated());
            case CLUSTER_REMOVED -> ClusterEventCodec.decode(from.getClusterRemoved());
            case CLUSTER_STATE_CHANGED -> StateChangeCodec.decode(from.getClusterStateChanged());
            case CLUSTER_HEARD -> ClusterEventCodec.decode(from.getClusterHeard());
            case CLUSTER_READMITTED -> ClusterEventCodec.decode(from.getClusterReadmitted());
            case CLUSTER_ROLE_CHANGED -> ClusterEventCodec.decode(from.getClusterRoleChanged());
            case PRIMACY_CHANGED -> ClusterEventCodec.decode(from.getPrimacyChanged());
            case FAILOVER_BLOCKED -> ClusterEventCodec.decode(from.getFailoverBlocked());
            case AUTOMATION_PAUSED -> ClusterEventCodec.decode(from.getAutomationPaused());
            case AUTOMATION_RESUMED -> ClusterEventCodec.decode(from.getAutomationResumed());
            case CLUSTER_FENCED -> ClusterEventCodec.decode(from.getClusterFenced());
            case MOVE_RECORDED -> ClusterEventCodec.decode(from.getMoveRecorded());
            case REPLAY_QUEUED -> ReplayEventCodec.decode(from.getReplayQueued());
            case REPLAY_BUFFERED -> ReplayEventCodec.decode(from.getReplayBuffered());
            case REPLAY_APPENDED -> ReplayEventCodec.decode(from.getReplayAppended());
            case REPLAY_ACKNOWLEDGED -> ReplayEventCodec.decode(from.getReplayAcknowledged());
            case REPLAYED -> ReplayEventCodec.decode(from.getReplayed());
            case REPLAY_TRUNCATED -> ReplayEventCodec.decode(from.getReplayTruncated());
            case REPLAY_SETTLED -> ReplayEventCodec.decode(from.getReplaySettled());
            case NODE_REGISTERED -> RoutingEventCodec.decode(from.getNodeRegistered());
            case NODE_STATE_CHANGED -> RoutingEventCodec.decode(from.getNodeStateChanged());
            case NODES_HEARD -> RoutingEventCodec.decode(from.getNodesHeard());
            case NODE_REMOVED -> RoutingEventCodec.decode(from.getNodeRemoved());
            case ROUTING_INITIALISED -> RoutingEventCodec.decode(from.getRoutingInitialised());
            case GROUP_CHANGED -> RoutingEventCodec.decode(from.getGroupChanged());
            case GROUP_REPORTED -> RoutingEventCodec.decode(from.getGroupReported());
            case V_SHARD_MOVED -> RoutingEventCodec.decode(from.getVShardMoved());
            case LEADER_CHOSEN -> RoutingEventCodec.decode(from.getLeaderChosen());
            case MIGRATION_STARTED -> MigrationEventCodec.decode(from.getMigrationStarted());
            case PROGRESS_REPORTED -> MigrationEventCodec.decode(from.getProgressReported());
            case PHASE_ENTERED -> MigrationEventCodec.decode(from.getPhaseEntered());
            case WRITES_PAUSED -> MigrationEventCodec.decode(from.getWritesPaused());
            case WRITES_RESUMED -> MigrationEventCodec.decode(from.getWritesResumed());
            case COMPENSATION_APPLIED -> MigrationEventCodec.decode(from.getCompensationApplied());
            case MIGRATION_COMPLETED -> MigrationEventCodec.decode(from.getMigrationCompleted());
            case MIGRATION_ABORTED -> MigrationEventCodec.decode(from.getMigrationAborted());
            case FENCE_CONFIRMED -> MigrationEventCodec.decode(from.getFenceConfirmed());
            case MIGRATIONS_FORGOTTEN -> MigrationEventCodec.decode(from.getMigrationsForgotten());
            case GHOST_INSTALLED -> MigrationEventCodec.decode(from.getGhostInstalled());
            case GHOST_ADJUSTED -> MigrationEventCodec.decode(from.getGhostAdjusted());
            case GHOST_PURGED -> MigrationEventCodec.decode(from.getGhostPurged());
            case SCOPE_CONFIGURED -> BarrierEventCodec.decode(from.getScopeConfigured());
            case COORDINATOR_CHANGED -> BarrierEventCodec.decode(from.getCoordinatorChanged());
            case COORDINATOR_RENEWED -> BarrierEventCodec.decode(from.getCoordinatorRenewed());
            case COORDINATOR_RELEASED -> BarrierEventCodec.decode(from.getCoordinatorReleased());
            case BARRIER_BEGUN -> BarrierEventCodec.decode(from.getBarrierBegun());
            case BARRIER_ACKNOWLEDGED -> BarrierEventCodec.decode(from.getBarrierAcknowledged());
            case BARRIER_READY -> BarrierEventCodec.decode(from.getBarrierReady());
            case BARRIER_COMMITTED -> BarrierEventCodec.decode(from.getBarrierCommitted());
            case BARRIER_ABORTED -> BarrierEventCodec.decode(from.getBarrierAborted());
            case BARRIERS_FORGOTTEN -> BarrierEventCodec.decode(from.getBarriersForgotten());
            case CONFIG_CHANGED -> AdminEventCodec.decode(from.getConfigChanged());
            case FEATURE_LEVEL_RAISED -> AdminEventCodec.decode(from.getFeatureLevelRaised());
            case SERVER_ADMITTED -> AdminEventCodec.decode(from.getServerAdmitted());
            case MEMBERS_CHANGED -> AdminEventCodec.decode(from.getMembersChanged());
            case IDENTITY_CREATED -> AccessCodec.decode(from.getIdentityCreated());
            case ROLES_CHANGED -> AccessCodec.decode(from.getRolesChanged());
            case IDENTITY_REVOKED -> AccessCodec.decode(from.getIdentityRevoked());
            case KIND_NOT_SET -> throw Malformed.of("event", "an event this version knows", "none");
        };
    }
}
