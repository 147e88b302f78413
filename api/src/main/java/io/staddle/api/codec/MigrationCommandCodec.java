package io.staddle.api.codec;

import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.Proposal;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Origin;
import io.staddle.api.v1.AbortMigration;
import io.staddle.api.v1.CheckpointMigration;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.CompleteMigration;
import io.staddle.api.v1.ConfirmFence;
import io.staddle.api.v1.CutoverMigration;
import io.staddle.api.v1.ReportProgress;
import io.staddle.api.v1.RetryMigration;
import io.staddle.api.v1.StartMigration;

/// Codec of the commands about migrations.
final class MigrationCommandCodec {
    private MigrationCommandCodec() {}

    static void encode(MigrationCommand command, Origin origin, Command.Builder to) {
        String id = command.id().value();
        io.staddle.api.v1.Origin by = ModelCodec.encode(origin);
        switch (command) {
            case MigrationCommand.StartMigration c ->
                    to.getStartMigrationBuilder()
                            .setId(id)
                            .setVShard(c.vShard().value())
                            .setTarget(c.target().value())
                            .setTargetIncarnation(c.targetIncarnation())
                            .setBudgetMicros(c.budgetMicros())
                            .setMovesLeader(c.movesLeader())
                            .setSeenEpoch(c.seenEpoch().value())
                            .setOrigin(by);
            case MigrationCommand.ReportProgress c ->
                    to.getReportProgressBuilder()
                            .setId(id)
                            .setSeenPhaseVersion(c.seenPhaseVersion())
                            .setTargetIncarnation(c.targetIncarnation())
                            .setSourceIndex(c.sourceIndex())
                            .setTargetIndex(c.targetIndex())
                            .setEstimatedPauseMicros(c.estimatedPauseMicros())
                            .setOrigin(by);
            case MigrationCommand.CheckpointMigration c ->
                    to.getCheckpointMigrationBuilder()
                            .setId(id)
                            .setTo(MigrationCodec.encode(c.to()))
                            .setPayload(c.payload())
                            .setChecksum(c.checksum())
                            .setSeenPhaseVersion(c.seenPhaseVersion())
                            .setOrigin(by);
            case MigrationCommand.CutoverMigration c ->
                    to.getCutoverMigrationBuilder()
                            .setId(id)
                            .setSeenPhaseVersion(c.seenPhaseVersion())
                            .setSeenEpoch(c.seenEpoch().value())
                            .setOrigin(by);
            case MigrationCommand.CompleteMigration c ->
                    to.getCompleteMigrationBuilder()
                            .setId(id)
                            .setActualPauseMicros(c.actualPauseMicros())
                            .setSeenPhaseVersion(c.seenPhaseVersion())
                            .setOrigin(by);
            case MigrationCommand.AbortMigration c ->
                    to.getAbortMigrationBuilder()
                            .setId(id)
                            .setCode(MigrationCodec.encode(c.code()))
                            .setReason(c.reason())
                            .setSeenPhaseVersion(c.seenPhaseVersion())
                            .setOrigin(by);
            case MigrationCommand.RetryMigration c ->
                    to.getRetryMigrationBuilder()
                            .setId(id)
                            .setNewId(c.newId().value())
                            .setSeenEpoch(c.seenEpoch().value())
                            .setOrigin(by);
            case MigrationCommand.ConfirmFence c ->
                    to.getConfirmFenceBuilder().setId(id).setNode(c.node().value()).setOrigin(by);
        }
    }

    static Proposal decode(StartMigration c) {
        return new Proposal(
                new MigrationCommand.StartMigration(
                        new MigrationId(c.getId()),
                        new VShardId(c.getVShard()),
                        new NodeId(c.getTarget()),
                        c.getTargetIncarnation(),
                        c.getBudgetMicros(),
                        c.getMovesLeader(),
                        new Epoch(c.getSeenEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(ReportProgress c) {
        return new Proposal(
                new MigrationCommand.ReportProgress(
                        new MigrationId(c.getId()),
                        c.getSeenPhaseVersion(),
                        c.getTargetIncarnation(),
                        c.getSourceIndex(),
                        c.getTargetIndex(),
                        c.getEstimatedPauseMicros()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(CheckpointMigration c) {
        return new Proposal(
                new MigrationCommand.CheckpointMigration(
                        new MigrationId(c.getId()),
                        MigrationCodec.decode(c.getTo()),
                        c.getPayload(),
                        c.getChecksum(),
                        c.getSeenPhaseVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(CutoverMigration c) {
        return new Proposal(
                new MigrationCommand.CutoverMigration(
                        new MigrationId(c.getId()),
                        c.getSeenPhaseVersion(),
                        new Epoch(c.getSeenEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(CompleteMigration c) {
        return new Proposal(
                new MigrationCommand.CompleteMigration(
                        new MigrationId(c.getId()),
                        c.getActualPauseMicros(),
                        c.getSeenPhaseVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(AbortMigration c) {
        return new Proposal(
                new MigrationCommand.AbortMigration(
                        new MigrationId(c.getId()),
                        MigrationCodec.decode(c.getCode()),
                        c.getReason(),
                        c.getSeenPhaseVersion()),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(RetryMigration c) {
        return new Proposal(
                new MigrationCommand.RetryMigration(
                        new MigrationId(c.getId()),
                        new MigrationId(c.getNewId()),
                        new Epoch(c.getSeenEpoch())),
                ModelCodec.decode(c.getOrigin()));
    }

    static Proposal decode(ConfirmFence c) {
        return new Proposal(
                new MigrationCommand.ConfirmFence(
                        new MigrationId(c.getId()), new NodeId(c.getNode())),
                ModelCodec.decode(c.getOrigin()));
    }
}
