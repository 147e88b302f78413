package io.staddle.statemachine.migration;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.MigrationCommand.CheckpointMigration;
import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.model.Membership;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides the steps of a migration up to the pause of writes.
final class StepRules {
    private StepRules() {}

    static Decision checkpoint(
            CheckpointMigration step, MigrationRecord migration, Reads view, Tick tick) {
        if (isTaken(migration, step.to(), step.seenPhaseVersion())) {
            return accept(new Answer.Migration(migration));
        }
        Optional<Refusal> refusal =
                damaged(step)
                        .or(() -> outOfOrder(step, migration))
                        .or(() -> MigrationRefusals.unfitTarget(migration, view))
                        .or(() -> StepGuards.refusal(step.to(), migration, view, tick));
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        List<Event> events = new ArrayList<>();
        MigrationRecord next = StepEffects.take(step.to(), migration, view, tick, events);
        events.add(
                new MigrationEvent.PhaseEntered(
                        migration.phase(), next, Checkpoints.of(next, step.payload(), tick)));
        return accept(new Answer.Migration(next), events);
    }

    /// Tells whether the step after `seen` was taken, and is the last one so far.
    static boolean isTaken(MigrationRecord migration, MigrationPhase to, long seen) {
        return migration.phase() == to && migration.stage().phaseVersion() - 1 == seen;
    }

    private static Optional<Refusal> damaged(CheckpointMigration step) {
        long found = MigrationCheckpoint.checksumOf(step.payload());
        return found == step.checksum()
                ? Optional.empty()
                : Optional.of(new Refusal.ChecksumMismatch(step.id(), step.checksum(), found));
    }

    private static Optional<Refusal> outOfOrder(
            CheckpointMigration step, MigrationRecord migration) {
        if (step.seenPhaseVersion() != migration.stage().phaseVersion()) {
            return Optional.of(MigrationRefusals.phaseConflict(migration, step.seenPhaseVersion()));
        }
        return leadsTo(migration, step.to())
                ? Optional.empty()
                : Optional.of(MigrationRefusals.illegal(migration, step.to().name()));
    }

    /// Who votes already has nothing to catch up with before it votes.
    private static boolean leadsTo(MigrationRecord migration, MigrationPhase to) {
        return switch (migration.phase()) {
            case ADD_LEARNER ->
                    to == MigrationPhase.CATCH_UP
                            || (to == MigrationPhase.PROMOTE_LEARNER
                                    && migration.before().target() == Membership.VOTER);
            case CATCH_UP -> to == MigrationPhase.PROMOTE_LEARNER;
            case PROMOTE_LEARNER -> to == MigrationPhase.LEADERSHIP_TRANSFER;
            case LEADERSHIP_TRANSFER, CUTOVER, COMPLETED, ABORTED -> false;
        };
    }
}
