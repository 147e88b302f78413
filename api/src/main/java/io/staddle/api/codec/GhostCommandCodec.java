package io.staddle.api.codec;

import io.staddle.api.command.GhostCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.AdjustGhost;
import io.staddle.api.v1.CleanupMigrations;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.SweepGhosts;

/// Codec of the commands about ghosts, and about what is left of migrations.
final class GhostCommandCodec {
    private GhostCommandCodec() {}

    static void encode(GhostCommand command, Origin origin, Command.Builder to) {
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case GhostCommand.AdjustGhost c ->
                    to.getAdjustGhostBuilder()
                            .setVShard(c.vShard().value())
                            .setSource(c.source().value())
                            .setReferences(c.references())
                            .setSeenVersion(c.seenVersion())
                            .setOrigin(by);
            case GhostCommand.SweepGhosts c ->
                    to.getSweepGhostsBuilder()
                            .addAllVerdicts(c.verdicts().stream().map(GhostCodec::encode).toList())
                            .setOrigin(by);
            case GhostCommand.CleanupMigrations c ->
                    to.getCleanupMigrationsBuilder().setMax(c.max()).setOrigin(by);
        }
    }

    static Proposal decode(AdjustGhost c) {
        return new Proposal(
                new GhostCommand.AdjustGhost(
                        new VShardId(c.getVShard()),
                        new NodeId(c.getSource()),
                        c.getReferences(),
                        c.getSeenVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(SweepGhosts c) {
        return new Proposal(
                new GhostCommand.SweepGhosts(
                        c.getVerdictsList().stream().map(GhostCodec::decode).toList()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(CleanupMigrations c) {
        return new Proposal(
                new GhostCommand.CleanupMigrations(c.getMax()), ModelCodec.decode(c.getOrigin()));
    }
}
