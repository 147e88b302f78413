package io.staddle.statemachine.migration;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.MigrationCommand.AbortMigration;
import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.MigrationStage;
import io.staddle.api.model.WaitCondition;
import io.staddle.api.model.Waiting;
import io.staddle.api.query.RecoveryDecision;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;

/// Decides whether a migration is undone: as a whole, in one entry, or not at all.
final class AbortRules {
    private AbortRules() {}

    static Decision abort(AbortMigration abort, MigrationRecord migration, Reads view, Tick tick) {
        if (StepRules.isTaken(migration, MigrationPhase.ABORTED, abort.seenPhaseVersion())) {
            return accept(new Answer.Migration(migration));
        }
        if (migration.phase() == MigrationPhase.CUTOVER) {
            return refuse(new Refusal.CannotAbortAfterCutover(migration.id()));
        }
        if (migration.phase().isFinished()) {
            return refuse(new Refusal.MigrationFinished(migration.id(), migration.phase()));
        }
        if (abort.seenPhaseVersion() != migration.stage().phaseVersion()) {
            return refuse(MigrationRefusals.phaseConflict(migration, abort.seenPhaseVersion()));
        }
        if (abort.code().isAutomatic() && !isDue(abort, migration, view, tick)) {
            return refuse(new Refusal.AbortNotDue(migration.id(), abort.code()));
        }
        List<Event> events = new ArrayList<>(Undo.events(migration, view, tick));
        MigrationRecord aborted = aborted(abort, migration, tick);
        events.add(new MigrationEvent.MigrationAborted(aborted, Checkpoints.of(aborted, tick)));
        return accept(new Answer.Migration(aborted), events);
    }

    /// The leader that proposed it may have gone by a clock that had just jumped.
    private static boolean isDue(
            AbortMigration abort, MigrationRecord migration, Reads view, Tick tick) {
        return new Recovery(view, tick.nowMillis(), 0)
                .abortion(migration)
                .flatMap(RecoveryDecision::code)
                .filter(abort.code()::equals)
                .isPresent();
    }

    private static MigrationRecord aborted(
            AbortMigration abort, MigrationRecord migration, Tick tick) {
        Waiting waiting =
                new Waiting(
                        migration.header().source(),
                        WaitCondition.FENCED,
                        migration.header().number(),
                        tick.nowMillis());
        MigrationStage last =
                migration.stage().next(MigrationPhase.ABORTED, tick.nowMillis(), waiting);
        return migration.ended(
                last,
                new MigrationEnd.Aborted(
                        abort.code(),
                        abort.reason(),
                        migration.phase(),
                        migration.undo().reversed()));
    }
}
