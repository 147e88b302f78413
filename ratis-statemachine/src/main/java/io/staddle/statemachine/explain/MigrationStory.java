package io.staddle.statemachine.explain;

import io.staddle.api.command.MigrationCommand;
import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Waiting;
import io.staddle.api.query.Explanation;
import io.staddle.api.query.RecoveryDecision;
import io.staddle.statemachine.migration.NextStep;
import io.staddle.statemachine.migration.Recovery;
import io.staddle.statemachine.past.Changes;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import java.util.List;

/// Why a migration stands where it stands, and what takes it further.
final class MigrationStory {
    private static final int CAUSES_MAX = 40;
    private static final int NAME_KEPT = 58;

    private final MigrationRecord migration;
    private final View view;
    private final long nowMillis;
    private final Causes causes;
    private final Prospects prospects;

    MigrationStory(
            MigrationRecord migration,
            View view,
            long nowMillis,
            Changes changes,
            Prospects prospects) {
        this.migration = migration;
        this.view = view;
        this.nowMillis = nowMillis;
        this.prospects = prospects;
        causes = new Causes(changes);
    }

    Explanation tell() {
        MigrationId id = migration.id();
        List<Revision> own = causes.add(Schema.MIGRATIONS, id, CAUSES_MAX, MigrationStory::saysWhy);
        if (own.isEmpty()) {
            causes.areMore();
        }
        if (!migration.phase().isFinished() || !migration.fenced()) {
            recovery();
        }
        NextStep.of(migration).ifPresent(this::nextStep);
        switch (migration.phase()) {
            case ADD_LEARNER, CATCH_UP, PROMOTE_LEARNER, LEADERSHIP_TRANSFER, CUTOVER -> abort(id);
            case ABORTED -> retry(id);
            case COMPLETED -> {
                // Whoever wants it elsewhere starts another one.
            }
        }
        return new Explanation(causes.all(), causes.hasMore(), prospects.all());
    }

    private void abort(MigrationId id) {
        prospects.ofCommand(
                "ABORT",
                "everything is as it was before",
                new MigrationCommand.AbortMigration(
                        id, AbortCode.OPERATOR, "asked", migration.stage().phaseVersion()),
                "staddle migration abort " + id + " --reason TEXT");
    }

    private void retry(MigrationId id) {
        prospects.ofCommand(
                "RETRY",
                "a new attempt begins",
                new MigrationCommand.RetryMigration(id, another(id), migration.before().epoch()),
                "staddle migration retry " + id);
    }

    /// Returns a name that is free as good as surely, however long this one is.
    private static MigrationId another(MigrationId id) {
        String start = id.value().substring(0, Math.min(NAME_KEPT, id.value().length()));
        return new MigrationId(start + "-again");
    }

    /// What the leader's task decides, as one that leads for long.
    private void recovery() {
        RecoveryDecision decision = new Recovery(view, nowMillis, 0).decide(migration);
        prospects.byItself(decision.action().name(), decision.reason(), List.of(), 0);
    }

    private void nextStep(MigrationCommand step) {
        String to =
                switch (step) {
                    case MigrationCommand.CheckpointMigration checkpoint -> checkpoint.to().name();
                    case MigrationCommand.CutoverMigration _ -> "CUTOVER";
                    case MigrationCommand.CompleteMigration _ -> "COMPLETED";
                    case MigrationCommand.StartMigration _,
                            MigrationCommand.ReportProgress _,
                            MigrationCommand.AbortMigration _,
                            MigrationCommand.RetryMigration _,
                            MigrationCommand.ConfirmFence _ ->
                            step.getClass().getSimpleName();
                };
        prospects.ofCommand("NEXT_STEP", "it enters " + to + whatIsMissing(), step, "");
    }

    private String whatIsMissing() {
        Waiting waiting = migration.stage().waiting();
        return switch (waiting.condition()) {
            case CONFIG_OBSERVED ->
                    " once " + waiting.node() + " has configuration " + waiting.value();
            case CAUGHT_UP ->
                    " once " + waiting.node() + " is at most " + waiting.value() + " behind";
            case DRAINED -> " once " + waiting.node() + " has the last write";
            case FENCED -> " once number " + waiting.value() + " is fenced";
            case NOTHING -> "";
        };
    }

    private static boolean saysWhy(Event event) {
        return event instanceof MigrationEvent
                && !(event instanceof MigrationEvent.ProgressReported);
    }
}
