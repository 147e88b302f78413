package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.codec.BalanceCodec;
import io.staddle.api.codec.ExplanationCodec;
import io.staddle.api.codec.MigrationCodec;
import io.staddle.api.codec.RecoveryCodec;
import io.staddle.api.command.BalanceCommand;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.Explained;
import io.staddle.api.query.MigrationDetails;
import io.staddle.api.query.PlanWish;
import io.staddle.api.query.RecoveryDecision;
import io.staddle.api.v1.ExplainMigrationAnswer;
import io.staddle.api.v1.ExplainMigrationRequest;
import io.staddle.api.v1.GetMigrationAnswer;
import io.staddle.api.v1.GetMigrationRequest;
import io.staddle.api.v1.ListMigrationsRequest;
import io.staddle.api.v1.MigrationsGrpc;
import io.staddle.api.v1.PlanMigrationsAnswer;
import io.staddle.api.v1.PlanMigrationsRequest;
import io.staddle.api.v1.PreviewRecoveryRequest;

import java.util.List;

/// Moves of vShards from node to node. The leader takes the steps; whoever runs the data plane
/// reports what it has put into effect.
///
/// Each method waits for its answer, as those of [GrainDirectory] do, and throws the same.
public final class MigrationAdmin {
    private final Calls calls;

    MigrationAdmin(Calls calls) {
        this.calls = calls.waitingForRoom();
    }

    /// Begins to move a vShard; see [MigrationCommand.StartMigration].
    public Result<MigrationRecord> start(MigrationCommand.StartMigration start) {
        return record(start);
    }

    /// Says how far the target has got; see [MigrationCommand.ReportProgress].
    public Result<MigrationRecord> reportProgress(MigrationCommand.ReportProgress report) {
        return record(report);
    }

    /// Says that the data plane refuses whatever a migration, and those of its vShard before it,
    /// may still send.
    ///
    /// @param node a voter of the group, for which that holds
    public Result<MigrationRecord> confirmFence(MigrationId id, NodeId node) {
        return record(new MigrationCommand.ConfirmFence(id, node));
    }

    /// Undoes a migration as a whole; refused with `CANNOT_ABORT_AFTER_CUTOVER` after that.
    ///
    /// @param reason why; 1 to 512 characters
    /// @param seenPhaseVersion how many steps it had taken when last seen
    public Result<MigrationRecord> abort(MigrationId id, String reason, long seenPhaseVersion) {
        return record(
                new MigrationCommand.AbortMigration(
                        id, AbortCode.OPERATOR, reason, seenPhaseVersion));
    }

    /// Begins an aborted migration anew.
    ///
    /// @param newId what the new attempt is called
    /// @param seenEpoch the vShard's epoch last seen
    public Result<MigrationRecord> retry(MigrationId id, MigrationId newId, Epoch seenEpoch) {
        return record(new MigrationCommand.RetryMigration(id, newId, seenEpoch));
    }

    /// Returns which vShards should move now, linearizably. Nothing is changed.
    ///
    /// @throws StaddleRefusedException if there is nothing to plan, as for an unknown node
    public BalancePlan plan(PlanWish wish) {
        return calls.await(
                calls.query(
                        MigrationsGrpc.getPlanMethod(),
                        PlanMigrationsRequest.newBuilder()
                                .setWish(BalanceCodec.encode(wish))
                                .build(),
                        MigrationAdmin::plan,
                        Route.QUERY));
    }

    /// Begins the migrations of a plan, all of them or none; refused with `PLAN_CHANGED` if what it
    /// looked at has changed.
    ///
    /// @param plan one with moves
    /// @param budgetMicros for how long writes of each vShard may be paused
    public Result<List<MigrationRecord>> apply(BalancePlan plan, long budgetMicros) {
        List<BalanceCommand.Target> targets =
                plan.shifts().stream()
                        .map(each -> new BalanceCommand.Target(each.vShard(), each.target()))
                        .toList();
        return calls.await(
                calls.command(
                        new BalanceCommand.ApplyPlan(plan.id(), targets, budgetMicros),
                        answer -> ((Answer.Migrations) answer).migrations()));
    }

    private static BalancePlan plan(PlanMigrationsAnswer answer) {
        Answers.throwIf(answer.hasRefusal(), answer.getRefusal());
        return BalanceCodec.decode(answer.getPlan());
    }

    /// Explains where a migration stands, linearizably: what made it so, with actor and reason as
    /// history has it, and what takes it further, as whoever decides it says. It throws
    /// [StaddleRefusedException] with `NOT_FOUND` if there is no such migration.
    public Explained<MigrationRecord> explain(MigrationId id) {
        return calls.await(
                calls.query(
                        MigrationsGrpc.getExplainMethod(),
                        ExplainMigrationRequest.newBuilder().setId(id.value()).build(),
                        MigrationAdmin::explained,
                        Route.QUERY));
    }

    private static Explained<MigrationRecord> explained(ExplainMigrationAnswer answer) {
        Answers.throwIf(answer.hasRefusal(), answer.getRefusal());
        return new Explained<>(
                MigrationCodec.decode(answer.getMigration()),
                ExplanationCodec.decode(answer.getExplanation()));
    }

    /// Returns the migrations that go on or are not fenced yet, by id, then the newest of those
    /// that are over; linearizably.
    ///
    /// @param finishedMax how many that are over, 0 to 10,000
    public List<MigrationRecord> list(int finishedMax) {
        return calls.await(
                calls.query(
                        MigrationsGrpc.getListMethod(),
                        ListMigrationsRequest.newBuilder()
                                .setFinishedMax(finishedMax)
                                .setConsistency(calls.consistency())
                                .build(),
                        answer ->
                                answer.getMigrationsList().stream()
                                        .map(MigrationCodec::decode)
                                        .toList(),
                        Route.QUERY));
    }

    /// Returns a migration and what its steps were decided on, linearizably.
    ///
    /// @throws StaddleRefusedException if there is no such migration
    public MigrationDetails show(MigrationId id) {
        return calls.await(
                calls.query(
                        MigrationsGrpc.getGetMethod(),
                        GetMigrationRequest.newBuilder()
                                .setId(id.value())
                                .setConsistency(calls.consistency())
                                .build(),
                        MigrationAdmin::details,
                        Route.QUERY));
    }

    /// Returns what a leader that has led for long would do now about each migration that goes on.
    public List<RecoveryDecision> previewRecovery() {
        return calls.await(
                calls.query(
                        MigrationsGrpc.getPreviewRecoveryMethod(),
                        PreviewRecoveryRequest.getDefaultInstance(),
                        answer ->
                                answer.getDecisionsList().stream()
                                        .map(RecoveryCodec::decode)
                                        .toList(),
                        Route.QUERY));
    }

    private static MigrationDetails details(GetMigrationAnswer answer) {
        Answers.throwIf(answer.hasRefusal(), answer.getRefusal());
        return new MigrationDetails(
                MigrationCodec.decode(answer.getMigration()),
                answer.getCheckpointsList().stream().map(MigrationCodec::decode).toList());
    }

    private Result<MigrationRecord> record(MigrationCommand command) {
        return calls.await(
                calls.command(command, answer -> ((Answer.Migration) answer).migration()));
    }
}
