package io.staddle.api.codec;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GroupId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.Compensation;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationProgress;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.MigrationStage;
import io.staddle.api.model.PreState;
import io.staddle.api.model.WaitCondition;
import io.staddle.api.model.Waiting;
import io.staddle.api.v1.Migration;

import java.util.List;

/// Codec of migrations.
///
/// Every `decode` throws [io.staddle.api.id.MalformedException] for what can never be right.
public final class MigrationCodec {
    private MigrationCodec() {}

    /// Encodes a migration.
    public static Migration encode(MigrationRecord migration) {
        MigrationHeader header = migration.header();
        PreState before = migration.before();
        Migration.Builder encoded =
                Migration.newBuilder()
                        .setId(header.id().value())
                        .setVShard(header.vShard().value())
                        .setSource(header.source().value())
                        .setTarget(header.target().value())
                        .setTargetIncarnation(header.targetIncarnation())
                        .setGroup(header.group().value())
                        .setMovesLeader(header.movesLeader())
                        .setBudgetMicros(header.budgetMicros())
                        .setNumber(header.number())
                        .setAttempt(header.attempt())
                        .setStartedMillis(header.startedMillis())
                        .setTargetWas(
                                io.staddle.api.v1.Membership.valueOf(
                                        "MEMBERSHIP_" + before.target().name()))
                        .setLeaderWas(RoutingCodec.name(before.leader()))
                        .setEpochWas(before.epoch().value())
                        .setPhase(encode(migration.phase()))
                        .setPhaseVersion(migration.stage().phaseVersion())
                        .setPhaseSinceMillis(migration.stage().sinceMillis())
                        .setWaiting(encode(migration.stage().waiting()))
                        .setProgress(encode(migration.progress()))
                        .addAllUndo(encodeAll(migration.undo()))
                        .setPauseMicros(migration.pauseMicros())
                        .setFenced(migration.fenced());
        encode(migration.end(), encoded);
        return encoded.build();
    }

    private static void encode(MigrationEnd end, Migration.Builder to) {
        switch (end) {
            case MigrationEnd.None same -> {}
            case MigrationEnd.Completed(var pause) ->
                    to.getCompletedBuilder().setPauseMicros(pause);
            case MigrationEnd.Aborted(var code, var reason, var from, var undone) ->
                    to.getAbortedBuilder()
                            .setCode(encode(code))
                            .setReason(reason)
                            .setFrom(encode(from))
                            .addAllUndone(encodeAll(undone));
        }
    }

    /// Decodes a migration.
    public static MigrationRecord decode(Migration migration) {
        return new MigrationRecord(
                header(migration),
                new PreState(
                        Constants.decode(Membership.class, "MEMBERSHIP_", migration.getTargetWas()),
                        RoutingCodec.optionalNode(migration.getLeaderWas()),
                        new Epoch(migration.getEpochWas())),
                new MigrationStage(
                        decode(migration.getPhase()),
                        migration.getPhaseVersion(),
                        migration.getPhaseSinceMillis(),
                        decode(migration.getWaiting())),
                decode(migration.getProgress()),
                decodeAll(migration.getUndoList()),
                migration.getPauseMicros(),
                end(migration),
                migration.getFenced());
    }

    private static MigrationHeader header(Migration migration) {
        return new MigrationHeader(
                new MigrationId(migration.getId()),
                new VShardId(migration.getVShard()),
                new NodeId(migration.getSource()),
                new NodeId(migration.getTarget()),
                migration.getTargetIncarnation(),
                new GroupId(migration.getGroup()),
                migration.getMovesLeader(),
                migration.getBudgetMicros(),
                migration.getNumber(),
                migration.getAttempt(),
                migration.getStartedMillis());
    }

    private static MigrationEnd end(Migration migration) {
        return switch (migration.getEndCase()) {
            case COMPLETED -> new MigrationEnd.Completed(migration.getCompleted().getPauseMicros());
            case ABORTED ->
                    new MigrationEnd.Aborted(
                            decode(migration.getAborted().getCode()),
                            migration.getAborted().getReason(),
                            decode(migration.getAborted().getFrom()),
                            decodeAll(migration.getAborted().getUndoneList()));
            case END_NOT_SET -> new MigrationEnd.None();
        };
    }

    /// Encodes a phase.
    public static io.staddle.api.v1.MigrationPhase encode(MigrationPhase phase) {
        return io.staddle.api.v1.MigrationPhase.valueOf("MIGRATION_PHASE_" + phase.name());
    }

    /// Decodes a phase.
    public static MigrationPhase decode(io.staddle.api.v1.MigrationPhase phase) {
        return Constants.decode(MigrationPhase.class, "MIGRATION_PHASE_", phase);
    }

    /// Encodes why a migration is aborted.
    public static io.staddle.api.v1.AbortCode encode(AbortCode code) {
        return io.staddle.api.v1.AbortCode.valueOf("ABORT_CODE_" + code.name());
    }

    /// Decodes why a migration is aborted.
    public static AbortCode decode(io.staddle.api.v1.AbortCode code) {
        return Constants.decode(AbortCode.class, "ABORT_CODE_", code);
    }

    /// Encodes what a step was decided on.
    public static io.staddle.api.v1.MigrationCheckpoint encode(MigrationCheckpoint checkpoint) {
        return io.staddle.api.v1.MigrationCheckpoint.newBuilder()
                .setPhase(encode(checkpoint.phase()))
                .setPhaseVersion(checkpoint.phaseVersion())
                .setPayload(checkpoint.payload())
                .setChecksum(checkpoint.checksum())
                .setAtMillis(checkpoint.atMillis())
                .build();
    }

    /// Decodes what a step was decided on.
    public static MigrationCheckpoint decode(io.staddle.api.v1.MigrationCheckpoint checkpoint) {
        return new MigrationCheckpoint(
                decode(checkpoint.getPhase()),
                checkpoint.getPhaseVersion(),
                checkpoint.getPayload(),
                checkpoint.getChecksum(),
                checkpoint.getAtMillis());
    }

    static io.staddle.api.v1.MigrationProgress encode(MigrationProgress progress) {
        return io.staddle.api.v1.MigrationProgress.newBuilder()
                .setSourceIndex(progress.sourceIndex())
                .setTargetIndex(progress.targetIndex())
                .setEstimatedPauseMicros(progress.estimatedPauseMicros())
                .setPhaseVersion(progress.phaseVersion())
                .setReportedMillis(progress.reportedMillis())
                .setAdvancedMillis(progress.advancedMillis())
                .build();
    }

    static MigrationProgress decode(io.staddle.api.v1.MigrationProgress progress) {
        return new MigrationProgress(
                progress.getSourceIndex(),
                progress.getTargetIndex(),
                progress.getEstimatedPauseMicros(),
                progress.getPhaseVersion(),
                progress.getReportedMillis(),
                progress.getAdvancedMillis());
    }

    private static io.staddle.api.v1.Waiting encode(Waiting waiting) {
        return io.staddle.api.v1.Waiting.newBuilder()
                .setNode(waiting.node().value())
                .setCondition(
                        io.staddle.api.v1.WaitCondition.valueOf(
                                "WAIT_CONDITION_" + waiting.condition().name()))
                .setValue(waiting.value())
                .setSinceMillis(waiting.sinceMillis())
                .build();
    }

    private static Waiting decode(io.staddle.api.v1.Waiting waiting) {
        return new Waiting(
                new NodeId(waiting.getNode()),
                Constants.decode(WaitCondition.class, "WAIT_CONDITION_", waiting.getCondition()),
                waiting.getValue(),
                waiting.getSinceMillis());
    }

    private static List<io.staddle.api.v1.Compensation> encodeAll(List<Compensation> all) {
        return all.stream().map(CompensationCodec::encode).toList();
    }

    private static List<Compensation> decodeAll(List<io.staddle.api.v1.Compensation> all) {
        return all.stream().map(CompensationCodec::decode).toList();
    }
}
