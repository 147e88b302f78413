package io.staddle.api.codec;

import io.staddle.api.event.MigrationEvent;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.v1.CompensationApplied;
import io.staddle.api.v1.EventBody;
import io.staddle.api.v1.FenceConfirmed;
import io.staddle.api.v1.GhostAdjusted;
import io.staddle.api.v1.GhostInstalled;
import io.staddle.api.v1.GhostPurged;
import io.staddle.api.v1.MigrationAborted;
import io.staddle.api.v1.MigrationCompleted;
import io.staddle.api.v1.MigrationStarted;
import io.staddle.api.v1.MigrationsForgotten;
import io.staddle.api.v1.PhaseEntered;
import io.staddle.api.v1.ProgressReported;
import io.staddle.api.v1.WritesPaused;
import io.staddle.api.v1.WritesResumed;

/// Codec of what happened to migrations and their ghosts.
final class MigrationEventCodec {
    private MigrationEventCodec() {}

    static void encode(MigrationEvent event, EventBody.Builder to) {
        switch (event) {
            case MigrationEvent.MigrationStarted e ->
                    to.getMigrationStartedBuilder()
                            .setMigration(MigrationCodec.encode(e.migration()))
                            .setCheckpoint(MigrationCodec.encode(e.checkpoint()));
            case MigrationEvent.ProgressReported e ->
                    to.getProgressReportedBuilder()
                            .setMigration(e.migration().value())
                            .setProgress(MigrationCodec.encode(e.progress()));
            case MigrationEvent.PhaseEntered e ->
                    to.getPhaseEnteredBuilder()
                            .setFrom(MigrationCodec.encode(e.from()))
                            .setMigration(MigrationCodec.encode(e.migration()))
                            .setCheckpoint(MigrationCodec.encode(e.checkpoint()));
            case MigrationEvent.WritesPaused e ->
                    to.getWritesPausedBuilder()
                            .setMigration(e.migration().value())
                            .setVShard(RoutingCodec.encode(e.vShard()));
            case MigrationEvent.WritesResumed e ->
                    to.getWritesResumedBuilder()
                            .setMigration(e.migration().value())
                            .setVShard(RoutingCodec.encode(e.vShard()));
            case MigrationEvent.CompensationApplied e ->
                    to.getCompensationAppliedBuilder()
                            .setMigration(e.migration().value())
                            .setCompensation(CompensationCodec.encode(e.compensation()));
            case MigrationEvent.MigrationCompleted e ->
                    to.getMigrationCompletedBuilder()
                            .setMigration(MigrationCodec.encode(e.migration()))
                            .setCheckpoint(MigrationCodec.encode(e.checkpoint()));
            case MigrationEvent.MigrationAborted e ->
                    to.getMigrationAbortedBuilder()
                            .setMigration(MigrationCodec.encode(e.migration()))
                            .setCheckpoint(MigrationCodec.encode(e.checkpoint()));
            case MigrationEvent.FenceConfirmed e ->
                    to.getFenceConfirmedBuilder()
                            .setNode(e.node().value())
                            .setMigration(MigrationCodec.encode(e.migration()));
            case MigrationEvent.MigrationsForgotten e ->
                    to.getMigrationsForgottenBuilder()
                            .addAllMigrations(
                                    e.migrations().stream().map(MigrationId::value).toList());
            case MigrationEvent.GhostInstalled e ->
                    to.getGhostInstalledBuilder().setGhost(GhostCodec.encode(e.ghost()));
            case MigrationEvent.GhostAdjusted e ->
                    to.getGhostAdjustedBuilder().setGhost(GhostCodec.encode(e.ghost()));
            case MigrationEvent.GhostPurged e ->
                    to.getGhostPurgedBuilder().setGhost(GhostCodec.encode(e.ghost()));
        }
    }

    static MigrationEvent decode(MigrationStarted e) {
        return new MigrationEvent.MigrationStarted(
                MigrationCodec.decode(e.getMigration()), MigrationCodec.decode(e.getCheckpoint()));
    }

    static MigrationEvent decode(ProgressReported e) {
        return new MigrationEvent.ProgressReported(
                new MigrationId(e.getMigration()), MigrationCodec.decode(e.getProgress()));
    }

    static MigrationEvent decode(PhaseEntered e) {
        return new MigrationEvent.PhaseEntered(
                MigrationCodec.decode(e.getFrom()),
                MigrationCodec.decode(e.getMigration()),
                MigrationCodec.decode(e.getCheckpoint()));
    }

    static MigrationEvent decode(WritesPaused e) {
        return new MigrationEvent.WritesPaused(
                new MigrationId(e.getMigration()), RoutingCodec.decode(e.getVShard()));
    }

    static MigrationEvent decode(WritesResumed e) {
        return new MigrationEvent.WritesResumed(
                new MigrationId(e.getMigration()), RoutingCodec.decode(e.getVShard()));
    }

    static MigrationEvent decode(CompensationApplied e) {
        return new MigrationEvent.CompensationApplied(
                new MigrationId(e.getMigration()), CompensationCodec.decode(e.getCompensation()));
    }

    static MigrationEvent decode(MigrationCompleted e) {
        return new MigrationEvent.MigrationCompleted(
                MigrationCodec.decode(e.getMigration()), MigrationCodec.decode(e.getCheckpoint()));
    }

    static MigrationEvent decode(MigrationAborted e) {
        return new MigrationEvent.MigrationAborted(
                MigrationCodec.decode(e.getMigration()), MigrationCodec.decode(e.getCheckpoint()));
    }

    static MigrationEvent decode(FenceConfirmed e) {
        return new MigrationEvent.FenceConfirmed(
                new NodeId(e.getNode()), MigrationCodec.decode(e.getMigration()));
    }

    static MigrationEvent decode(MigrationsForgotten e) {
        return new MigrationEvent.MigrationsForgotten(
                e.getMigrationsList().stream().map(MigrationId::new).toList());
    }

    static MigrationEvent decode(GhostInstalled e) {
        return new MigrationEvent.GhostInstalled(GhostCodec.decode(e.getGhost()));
    }

    static MigrationEvent decode(GhostAdjusted e) {
        return new MigrationEvent.GhostAdjusted(GhostCodec.decode(e.getGhost()));
    }

    static MigrationEvent decode(GhostPurged e) {
        return new MigrationEvent.GhostPurged(GhostCodec.decode(e.getGhost()));
    }
}
