package io.staddle.api.codec;

import io.staddle.api.command.AccessCommand;
import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.AutomationCommand;
import io.staddle.api.command.BalanceCommand;
import io.staddle.api.command.BarrierCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.HealthCommand;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.NodeCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.RoutingCommand;
import io.staddle.api.model.Origin;

/// Codec of commands with their origin, as they travel and as they are logged.
///
/// Field numbers are format: never changed.
public final class CommandCodec {
    private CommandCodec() {}

    /// Encodes a proposal.
    public static io.staddle.api.v1.Command encode(Proposal proposal) {
        io.staddle.api.v1.Command command = encode(proposal.command(), proposal.origin());
        return proposal.term() == 0
                ? command
                : command.toBuilder().setTerm(proposal.term()).build();
    }

    /// Encodes a command and its origin.
    public static io.staddle.api.v1.Command encode(Command command, Origin origin) {
        io.staddle.api.v1.Command.Builder to = io.staddle.api.v1.Command.newBuilder();
        switch (command) {
            case DirectoryCommand directory -> DirectoryCommandCodec.encode(directory, origin, to);
            case ClusterCommand cluster -> ClusterCommandCodec.encode(cluster, origin, to);
            case ReplayCommand replay -> ReplayCommandCodec.encode(replay, origin, to);
            case HealthCommand health -> HealthCommandCodec.encode(health, origin, to);
            case AutomationCommand automation ->
                    AutomationCommandCodec.encode(automation, origin, to);
            case NodeCommand node -> NodeCommandCodec.encode(node, origin, to);
            case RoutingCommand routing -> RoutingCommandCodec.encode(routing, origin, to);
            case MigrationCommand migration -> MigrationCommandCodec.encode(migration, origin, to);
            case BalanceCommand balance -> BalanceCommandCodec.encode(balance, origin, to);
            case GhostCommand ghost -> GhostCommandCodec.encode(ghost, origin, to);
            case BarrierCommand barrier -> BarrierCommandCodec.encode(barrier, origin, to);
            case AdminCommand admin -> AdminCommandCodec.encode(admin, origin, to);
            case AccessCommand access -> AccessCodec.encode(access, origin, to);
        }
        return to.build();
    }

    /// Decodes a proposal.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static Proposal decode(io.staddle.api.v1.Command from) {
        Proposal proposal = body(from);
        return from.getTerm() == 0 ? proposal : proposal.inTerm(from.getTerm());
    }

    private static Proposal body(io.staddle.api.v1.Command from) {
        return switch (from.getKindCase()) {
            case ACQUIRE -> DirectoryCommandCodec.acquire(from.getAcquire());
            case CLAIM -> DirectoryCommandCodec.claim(from.getClaim());
            case PROMOTE -> DirectoryCommandCodec.promote(from.getPromote());
            case RELEASE -> DirectoryCommandCodec.release(from.getRelease());
            case RENEW -> DirectoryCommandCodec.renew(from.getRenew());
            case REASSIGN -> DirectoryCommandCodec.reassign(from.getReassign());
            case IMPORT -> DirectoryCommandCodec.importGrain(from.getImport());
            case SET_PLACEMENT -> DirectoryCommandCodec.setPlacement(from.getSetPlacement());
            case EXPIRE_LEASES -> DirectoryCommandCodec.expireLeases(from.getExpireLeases());
            case PURGE_TOMBSTONES ->
                    DirectoryCommandCodec.purgeTombstones(from.getPurgeTombstones());
            case IMPORT_RELEASED -> DirectoryCommandCodec.importReleased(from.getImportReleased());
            case RAISE_FLOOR -> DirectoryCommandCodec.raiseFloor(from.getRaiseFloor());
            case REGISTER_CLUSTER -> ClusterCommandCodec.register(from.getRegisterCluster());
            case UPDATE_CLUSTER -> ClusterCommandCodec.update(from.getUpdateCluster());
            case REMOVE_CLUSTER -> ClusterCommandCodec.remove(from.getRemoveCluster());
            case APPEND_REPLAY -> ReplayCommandCodec.append(from.getAppendReplay());
            case ACK_REPLAY -> ReplayCommandCodec.acknowledge(from.getAckReplay());
            case TRUNCATE_REPLAY -> ReplayCommandCodec.truncate(from.getTruncateReplay());
            case SETTLE_REPLAY -> ReplayCommandCodec.settle(from.getSettleReplay());
            case FAIL_OVER -> MoveCommandCodec.failOver(from.getFailOver());
            case DEMOTE_AND_PROMOTE ->
                    MoveCommandCodec.demoteAndPromote(from.getDemoteAndPromote());
            case FAIL_BACK -> MoveCommandCodec.failBack(from.getFailBack());
            case EVACUATE -> MoveCommandCodec.evacuate(from.getEvacuate());
            case TRANSFER_PRIMARY -> ClusterCommandCodec.transferPrimary(from.getTransferPrimary());
            case RECORD_BEATS -> HealthCommandCodec.recordBeats(from.getRecordBeats());
            case MARK_SUSPECT -> HealthCommandCodec.markSuspect(from.getMarkSuspect());
            case DRAIN_CLUSTER -> HealthCommandCodec.drain(from.getDrainCluster());
            case READMIT_CLUSTER -> HealthCommandCodec.readmit(from.getReadmitCluster());
            case PAUSE_AUTOMATION -> AutomationCommandCodec.pause(from.getPauseAutomation());
            case RESUME_AUTOMATION -> AutomationCommandCodec.resume(from.getResumeAutomation());
            case NOTE_FAILOVER_BLOCKED ->
                    AutomationCommandCodec.noteFailoverBlocked(from.getNoteFailoverBlocked());
            case REGISTER_NODE -> NodeCommandCodec.decode(from.getRegisterNode());
            case SET_NODE_STATE -> NodeCommandCodec.decode(from.getSetNodeState());
            case DECOMMISSION_NODE -> NodeCommandCodec.decode(from.getDecommissionNode());
            case REMOVE_NODE -> NodeCommandCodec.decode(from.getRemoveNode());
            case RECORD_NODE_BEATS -> NodeCommandCodec.decode(from.getRecordNodeBeats());
            case INIT_ROUTING -> RoutingCommandCodec.decode(from.getInitRouting());
            case CHANGE_GROUP -> RoutingCommandCodec.decode(from.getChangeGroup());
            case REPORT_GROUP -> RoutingCommandCodec.decode(from.getReportGroup());
            case CONFIRM_REMOVAL -> RoutingCommandCodec.decode(from.getConfirmRemoval());
            case ASSIGN_V_SHARD -> RoutingCommandCodec.decode(from.getAssignVShard());
            case START_MIGRATION -> MigrationCommandCodec.decode(from.getStartMigration());
            case REPORT_PROGRESS -> MigrationCommandCodec.decode(from.getReportProgress());
            case CHECKPOINT_MIGRATION ->
                    MigrationCommandCodec.decode(from.getCheckpointMigration());
            case CUTOVER_MIGRATION -> MigrationCommandCodec.decode(from.getCutoverMigration());
            case COMPLETE_MIGRATION -> MigrationCommandCodec.decode(from.getCompleteMigration());
            case ABORT_MIGRATION -> MigrationCommandCodec.decode(from.getAbortMigration());
            case RETRY_MIGRATION -> MigrationCommandCodec.decode(from.getRetryMigration());
            case CONFIRM_FENCE -> MigrationCommandCodec.decode(from.getConfirmFence());
            case APPLY_PLAN -> BalanceCommandCodec.decode(from.getApplyPlan());
            case ADJUST_GHOST -> GhostCommandCodec.decode(from.getAdjustGhost());
            case SWEEP_GHOSTS -> GhostCommandCodec.decode(from.getSweepGhosts());
            case CLEANUP_MIGRATIONS -> GhostCommandCodec.decode(from.getCleanupMigrations());
            case CONFIGURE_SCOPE -> BarrierCommandCodec.decode(from.getConfigureScope());
            case ACQUIRE_COORDINATOR -> BarrierCommandCodec.decode(from.getAcquireCoordinator());
            case RELEASE_COORDINATOR -> BarrierCommandCodec.decode(from.getReleaseCoordinator());
            case BEGIN_BARRIER -> BarrierCommandCodec.decode(from.getBeginBarrier());
            case ACK_BARRIER -> BarrierCommandCodec.decode(from.getAckBarrier());
            case COMMIT_BARRIER -> BarrierCommandCodec.decode(from.getCommitBarrier());
            case ABORT_BARRIER -> BarrierCommandCodec.decode(from.getAbortBarrier());
            case EXPIRE_BARRIERS -> BarrierCommandCodec.decode(from.getExpireBarriers());
            case PRUNE_BARRIERS -> BarrierCommandCodec.decode(from.getPruneBarriers());
            case PUT_CONFIG -> AdminCommandCodec.putConfig(from.getPutConfig());
            case RAISE_FEATURE_LEVEL ->
                    AdminCommandCodec.raiseFeatureLevel(from.getRaiseFeatureLevel());
            case ADMIT_SERVER -> AdminCommandCodec.admitServer(from.getAdmitServer());
            case REPLACE_SERVER -> AdminCommandCodec.replaceServer(from.getReplaceServer());
            case NOTE_MEMBERS -> AdminCommandCodec.noteMembers(from.getNoteMembers());
            case CREATE_IDENTITY -> AccessCodec.decode(from.getCreateIdentity());
            case CHANGE_ROLES -> AccessCodec.decode(from.getChangeRoles());
            case REVOKE_IDENTITY -> AccessCodec.decode(from.getRevokeIdentity());
            case KIND_NOT_SET ->
                    throw Malformed.of("command", "a command this server knows", "none");
        };
    }
}
