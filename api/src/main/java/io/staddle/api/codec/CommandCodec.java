package io.staddle.api.codec;

import io.staddle.api.command.AdminCommand;
import io.staddle.api.command.ClusterCommand;
import io.staddle.api.command.Command;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.model.Origin;

/// Codec of commands with their origin, as they travel and as they are logged.
///
/// Field numbers are format: never changed.
public final class CommandCodec {
    private CommandCodec() {}

    /// Encodes a proposal.
    public static io.staddle.api.v1.Command encode(Proposal proposal) {
        return encode(proposal.command(), proposal.origin());
    }

    /// Encodes a command and its origin.
    public static io.staddle.api.v1.Command encode(Command command, Origin origin) {
        io.staddle.api.v1.Command.Builder to = io.staddle.api.v1.Command.newBuilder();
        switch (command) {
            case DirectoryCommand directory -> DirectoryCommandCodec.encode(directory, origin, to);
            case ClusterCommand cluster -> ClusterCommandCodec.encode(cluster, origin, to);
            case ReplayCommand replay -> ReplayCommandCodec.encode(replay, origin, to);
            case AdminCommand admin -> AdminCommandCodec.encode(admin, origin, to);
        }
        return to.build();
    }

    /// Decodes a proposal.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static Proposal decode(io.staddle.api.v1.Command from) {
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
            case SET_CLUSTER_STATE -> ClusterCommandCodec.setState(from.getSetClusterState());
            case REMOVE_CLUSTER -> ClusterCommandCodec.remove(from.getRemoveCluster());
            case FAIL_OVER -> ClusterCommandCodec.failOver(from.getFailOver());
            case FAIL_BACK -> ClusterCommandCodec.failBack(from.getFailBack());
            case EVACUATE -> ClusterCommandCodec.evacuate(from.getEvacuate());
            case APPEND_REPLAY -> ReplayCommandCodec.append(from.getAppendReplay());
            case ACK_REPLAY -> ReplayCommandCodec.acknowledge(from.getAckReplay());
            case TRUNCATE_REPLAY -> ReplayCommandCodec.truncate(from.getTruncateReplay());
            case SETTLE_REPLAY -> ReplayCommandCodec.settle(from.getSettleReplay());
            case PUT_CONFIG -> AdminCommandCodec.putConfig(from.getPutConfig());
            case RAISE_FEATURE_LEVEL ->
                    AdminCommandCodec.raiseFeatureLevel(from.getRaiseFeatureLevel());
            case ADMIT_SERVER -> AdminCommandCodec.admitServer(from.getAdmitServer());
            case REPLACE_SERVER -> AdminCommandCodec.replaceServer(from.getReplaceServer());
            case KIND_NOT_SET ->
                    throw Malformed.of("command", "a command this server knows", "none");
        };
    }
}
