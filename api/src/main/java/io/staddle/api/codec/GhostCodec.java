package io.staddle.api.codec;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.GhostVerdict;
import io.staddle.api.model.GhostVerdict.Finding;

/// Codec of ghosts.
///
/// Every `decode` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class GhostCodec {
    private GhostCodec() {}

    /// Encodes a ghost.
    public static io.staddle.api.v1.Ghost encode(Ghost ghost) {
        return io.staddle.api.v1.Ghost.newBuilder()
                .setVShard(ghost.vShard().value())
                .setSource(ghost.source().value())
                .setTarget(ghost.target().value())
                .setGroup(ghost.group().value())
                .setEpoch(ghost.epoch().value())
                .setReferences(ghost.references())
                .setMigration(ghost.migration().value())
                .setCreatedMillis(ghost.createdMillis())
                .setVersion(ghost.version())
                .build();
    }

    /// Decodes a ghost.
    public static Ghost decode(io.staddle.api.v1.Ghost ghost) {
        return new Ghost(
                new VShardId(ghost.getVShard()),
                new NodeId(ghost.getSource()),
                new NodeId(ghost.getTarget()),
                new GroupId(ghost.getGroup()),
                new Epoch(ghost.getEpoch()),
                ghost.getReferences(),
                new MigrationId(ghost.getMigration()),
                ghost.getCreatedMillis(),
                ghost.getVersion());
    }

    /// Encodes a verdict.
    public static io.staddle.api.v1.GhostVerdict encode(GhostVerdict verdict) {
        return io.staddle.api.v1.GhostVerdict.newBuilder()
                .setVShard(verdict.vShard().value())
                .setSource(verdict.source().value())
                .setFinding(
                        io.staddle.api.v1.GhostVerdict.Finding.valueOf(
                                "FINDING_" + verdict.finding().name()))
                .setSeenVersion(verdict.seenVersion())
                .build();
    }

    /// Decodes a verdict.
    ///
    /// @throws io.staddle.api.id.MalformedException if it can never be right
    public static GhostVerdict decode(io.staddle.api.v1.GhostVerdict verdict) {
        return new GhostVerdict(
                new VShardId(verdict.getVShard()),
                new NodeId(verdict.getSource()),
                Constants.decode(Finding.class, "FINDING_", verdict.getFinding()),
                verdict.getSeenVersion());
    }
}
