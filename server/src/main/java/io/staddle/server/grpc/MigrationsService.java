package io.staddle.server.grpc;

import io.grpc.stub.StreamObserver;
import io.staddle.api.codec.MigrationCodec;
import io.staddle.api.codec.RecoveryCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;
import io.staddle.api.id.MigrationId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.AbortMigration;
import io.staddle.api.v1.ApplyPlan;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.ConfirmFence;
import io.staddle.api.v1.ExplainMigrationAnswer;
import io.staddle.api.v1.ExplainMigrationRequest;
import io.staddle.api.v1.GetMigrationAnswer;
import io.staddle.api.v1.GetMigrationRequest;
import io.staddle.api.v1.ListMigrationsAnswer;
import io.staddle.api.v1.ListMigrationsRequest;
import io.staddle.api.v1.MigrationsGrpc;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.PlanMigrationsAnswer;
import io.staddle.api.v1.PlanMigrationsRequest;
import io.staddle.api.v1.PreviewRecoveryAnswer;
import io.staddle.api.v1.PreviewRecoveryRequest;
import io.staddle.api.v1.ReportProgress;
import io.staddle.api.v1.RetryMigration;
import io.staddle.api.v1.StartMigration;
import io.staddle.statemachine.migration.Recovery;
import io.staddle.statemachine.query.MigrationQueries;
import io.staddle.storage.View;

import java.time.InstantSource;
import java.util.Optional;

/// Moves of vShards from node to node.
final class MigrationsService extends MigrationsGrpc.MigrationsImplBase {
    private static final int FINISHED_MAX = 10_000;

    private final Commands commands;
    private final Reads reads;
    private final InstantSource clock;

    MigrationsService(Commands commands, Reads reads, InstantSource clock) {
        this.commands = commands;
        this.reads = reads;
        this.clock = clock;
    }

    @Override
    public void start(StartMigration request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setStartMigration(request), observer);
    }

    @Override
    public void reportProgress(ReportProgress request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setReportProgress(request), observer);
    }

    @Override
    public void confirmFence(ConfirmFence request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setConfirmFence(request), observer);
    }

    @Override
    public void abort(AbortMigration request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setAbortMigration(request), observer);
    }

    @Override
    public void retry(RetryMigration request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setRetryMigration(request), observer);
    }

    @Override
    public void apply(ApplyPlan request, StreamObserver<Outcome> observer) {
        commands.submit(Command.newBuilder().setApplyPlan(request), observer);
    }

    @Override
    public void plan(PlanMigrationsRequest request, StreamObserver<PlanMigrationsAnswer> observer) {
        reads.scan(() -> MigrationPlans.request(request, clock), observer);
    }

    @Override
    public void list(ListMigrationsRequest request, StreamObserver<ListMigrationsAnswer> observer) {
        reads.scan(() -> list(request), observer);
    }

    @Override
    public void get(GetMigrationRequest request, StreamObserver<GetMigrationAnswer> observer) {
        reads.point(
                () -> {
                    MigrationId id = new MigrationId(request.getId());
                    return Reads.Request.of(
                            request.getConsistency(),
                            (view, header) -> migration(id, view).setHeader(header).build());
                },
                observer);
    }

    @Override
    public void previewRecovery(
            PreviewRecoveryRequest request, StreamObserver<PreviewRecoveryAnswer> observer) {
        reads.scan(
                () ->
                        Reads.Request.of(
                                request.getConsistency(),
                                (view, header) -> recovery(view).setHeader(header).build()),
                observer);
    }

    @Override
    public void explain(
            ExplainMigrationRequest request, StreamObserver<ExplainMigrationAnswer> observer) {
        reads.scan(() -> new Explanations(reads, clock).of(request), observer);
    }

    private static Reads.Request<ListMigrationsAnswer> list(ListMigrationsRequest request) {
        int max = request.getFinishedMax();
        if (max < 0 || max > FINISHED_MAX) {
            throw new MalformedException(
                    new Expectation("finished max", "0 to " + FINISHED_MAX, "" + max));
        }
        return Reads.Request.of(
                request.getConsistency(),
                (view, header) ->
                        ListMigrationsAnswer.newBuilder()
                                .setHeader(header)
                                .addAllMigrations(
                                        new MigrationQueries(view)
                                                .migrations(max).stream()
                                                        .map(MigrationCodec::encode)
                                                        .toList())
                                .build());
    }

    private PreviewRecoveryAnswer.Builder recovery(View view) {
        PreviewRecoveryAnswer.Builder answer = PreviewRecoveryAnswer.newBuilder();
        new Recovery(view, clock.millis(), 0)
                .decisions()
                .forEach(each -> answer.addDecisions(RecoveryCodec.encode(each)));
        return answer;
    }

    private static GetMigrationAnswer.Builder migration(MigrationId id, View view) {
        MigrationQueries queries = new MigrationQueries(view);
        Optional<MigrationRecord> migration = queries.migration(id);
        GetMigrationAnswer.Builder answer = GetMigrationAnswer.newBuilder();
        if (migration.isEmpty()) {
            return answer.setRefusal(
                    RefusalCodec.encode(new Refusal.NotFound("migration", id.value())));
        }
        answer.setMigration(MigrationCodec.encode(migration.get()));
        queries.checkpoints(migration.get())
                .forEach(each -> answer.addCheckpoints(MigrationCodec.encode(each)));
        return answer;
    }
}
