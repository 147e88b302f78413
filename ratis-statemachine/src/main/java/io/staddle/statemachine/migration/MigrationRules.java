package io.staddle.statemachine.migration;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.MigrationCommand.AbortMigration;
import io.staddle.api.command.MigrationCommand.CheckpointMigration;
import io.staddle.api.command.MigrationCommand.CompleteMigration;
import io.staddle.api.command.MigrationCommand.ConfirmFence;
import io.staddle.api.command.MigrationCommand.CutoverMigration;
import io.staddle.api.command.MigrationCommand.ReportProgress;
import io.staddle.api.command.MigrationCommand.RetryMigration;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.id.GroupId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationProgress;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Migrations;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// Decides the commands about migrations, and what the data plane says of them.
public final class MigrationRules {
    private MigrationRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(MigrationCommand command, Reads view, Tick tick) {
        if (command instanceof StartMigration start) {
            return StartRules.start(start, view, tick);
        }
        Optional<MigrationRecord> known = Migrations.find(command.id(), view);
        return known.isEmpty()
                ? refuse(MigrationRefusals.notFound(command.id()))
                : decide(command, known.get(), view, tick);
    }

    private static Decision decide(
            MigrationCommand command, MigrationRecord migration, Reads view, Tick tick) {
        return switch (command) {
            case StartMigration start -> StartRules.start(start, view, tick);
            case ReportProgress report -> report(report, migration, tick);
            case CheckpointMigration step -> StepRules.checkpoint(step, migration, view, tick);
            case CutoverMigration cutover -> CutoverRules.cutOver(cutover, migration, view, tick);
            case CompleteMigration complete -> CutoverRules.complete(complete, migration, tick);
            case AbortMigration abort -> AbortRules.abort(abort, migration, view, tick);
            case RetryMigration retry -> StartRules.retry(retry, migration, view, tick);
            case ConfirmFence confirm -> confirm(confirm, migration, view);
        };
    }

    private static Decision report(ReportProgress report, MigrationRecord migration, Tick tick) {
        if (migration.phase().isFinished()) {
            return refuse(new Refusal.MigrationFinished(migration.id(), migration.phase()));
        }
        long meant = migration.header().targetIncarnation();
        if (report.targetIncarnation() != meant) {
            return refuse(
                    new Refusal.StaleIncarnation(
                            migration.header().target(), report.targetIncarnation(), meant));
        }
        if (report.seenPhaseVersion() != migration.stage().phaseVersion()) {
            return refuse(MigrationRefusals.phaseConflict(migration, report.seenPhaseVersion()));
        }
        MigrationProgress next = progress(report, migration.progress(), tick);
        return next.equals(migration.progress())
                ? accept(new Answer.Migration(migration))
                : accept(
                        new Answer.Migration(migration.progressed(next)),
                        new MigrationEvent.ProgressReported(migration.id(), next));
    }

    private static MigrationProgress progress(
            ReportProgress report, MigrationProgress before, Tick tick) {
        boolean advanced = report.targetIndex() > before.targetIndex();
        return new MigrationProgress(
                Math.max(before.sourceIndex(), report.sourceIndex()),
                Math.max(before.targetIndex(), report.targetIndex()),
                report.estimatedPauseMicros(),
                report.seenPhaseVersion(),
                tick.nowMillis(),
                advanced ? tick.nowMillis() : before.advancedMillis());
    }

    private static Decision confirm(ConfirmFence confirm, MigrationRecord migration, Reads view) {
        if (migration.fenced()) {
            return accept(new Answer.Migration(migration));
        }
        boolean isDue =
                migration.phase() == MigrationPhase.CUTOVER
                        || migration.phase() == MigrationPhase.ABORTED;
        if (!isDue) {
            return refuse(MigrationRefusals.illegal(migration, "fenced"));
        }
        GroupId id = migration.header().group();
        GroupRecord group = view.get(Schema.GROUPS, id).orElseThrow();
        if (!group.voters().contains(confirm.node())) {
            return refuse(new Refusal.NotAMember(confirm.node(), id));
        }
        MigrationRecord fenced = migration.behindFence();
        return accept(
                new Answer.Migration(fenced),
                new MigrationEvent.FenceConfirmed(confirm.node(), fenced));
    }
}
