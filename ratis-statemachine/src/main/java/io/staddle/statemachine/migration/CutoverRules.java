package io.staddle.statemachine.migration;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.MigrationCommand.CompleteMigration;
import io.staddle.api.command.MigrationCommand.CutoverMigration;
import io.staddle.api.event.Event;
import io.staddle.api.event.MigrationEvent;
import io.staddle.api.event.RoutingEvent;
import io.staddle.api.model.Ghost;
import io.staddle.api.model.MigrationEnd;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationProgress;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.MigrationStage;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.model.WaitCondition;
import io.staddle.api.model.Waiting;
import io.staddle.api.model.Writes;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.routing.Ghosts;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides the cut-over, which is the point of no return, and what comes after it.
final class CutoverRules {
    private static final long MICROS_PER_MILLI = 1_000;

    private CutoverRules() {}

    static Decision cutOver(
            CutoverMigration cutover, MigrationRecord migration, Reads view, Tick tick) {
        if (StepRules.isTaken(migration, MigrationPhase.CUTOVER, cutover.seenPhaseVersion())) {
            return accept(new Answer.Migration(migration));
        }
        if (cutover.seenPhaseVersion() != migration.stage().phaseVersion()) {
            return refuse(MigrationRefusals.phaseConflict(migration, cutover.seenPhaseVersion()));
        }
        if (migration.phase() != MigrationPhase.LEADERSHIP_TRANSFER) {
            return refuse(MigrationRefusals.illegal(migration, "CUTOVER"));
        }
        VShardRecord vShard = view.get(Schema.V_SHARDS, migration.header().vShard()).orElseThrow();
        Optional<Refusal> refusal =
                MigrationRefusals.unfitTarget(migration, view)
                        .or(() -> otherEpoch(cutover, vShard))
                        .or(() -> notDrained(migration))
                        .or(() -> overrun(migration, vShard, tick));
        return refusal.isPresent() ? refuse(refusal.get()) : cutOver(migration, vShard, view, tick);
    }

    private static Optional<Refusal> otherEpoch(CutoverMigration cutover, VShardRecord vShard) {
        return vShard.epoch().equals(cutover.seenEpoch())
                ? Optional.empty()
                : Optional.of(
                        new Refusal.EpochConflict(
                                vShard.id(), cutover.seenEpoch(), vShard.epoch()));
    }

    /// Only who had seen the pause when it looked knows of the last write.
    private static Optional<Refusal> notDrained(MigrationRecord migration) {
        MigrationProgress progress = migration.progress();
        boolean isAfterPause = progress.phaseVersion() == migration.stage().phaseVersion();
        long lag = isAfterPause ? progress.lag() : MigrationProgress.UNKNOWN;
        return lag == 0
                ? Optional.empty()
                : Optional.of(MigrationRefusals.notCaughtUp(migration, lag, 0));
    }

    private static Optional<Refusal> overrun(
            MigrationRecord migration, VShardRecord vShard, Tick tick) {
        return switch (vShard.writes()) {
            case Writes.Open _ -> Optional.empty();
            case Writes.Paused(var until) ->
                    tick.nowMillis() <= until
                            ? Optional.empty()
                            : Optional.of(
                                    new Refusal.PauseBudgetExceeded(
                                            migration.id(),
                                            pauseMicros(migration, tick),
                                            migration.header().budgetMicros()));
        };
    }

    private static long pauseMicros(MigrationRecord migration, Tick tick) {
        return (tick.nowMillis() - migration.stage().sinceMillis()) * MICROS_PER_MILLI;
    }

    private static Decision cutOver(
            MigrationRecord migration, VShardRecord vShard, Reads view, Tick tick) {
        MigrationHeader header = migration.header();
        VShardRecord moved = vShard.assigned(vShard.group(), header.target(), tick.since());
        Waiting waiting =
                new Waiting(
                        header.target(), WaitCondition.FENCED, header.number(), tick.nowMillis());
        MigrationStage stage =
                migration.stage().next(MigrationPhase.CUTOVER, tick.nowMillis(), waiting);
        MigrationRecord next = migration.at(stage, List.of()).paused(pauseMicros(migration, tick));
        List<Event> events = new ArrayList<>();
        events.add(new RoutingEvent.VShardMoved(header.source(), moved));
        events.addAll(Ghosts.follow(moved, view));
        events.add(new MigrationEvent.GhostInstalled(ghost(migration, moved, tick)));
        events.add(
                new MigrationEvent.PhaseEntered(
                        migration.phase(), next, Checkpoints.of(next, tick)));
        return accept(new Answer.Migration(next), events);
    }

    /// There is none at the source yet: whoever serves a vShard sends nobody on.
    private static Ghost ghost(MigrationRecord migration, VShardRecord moved, Tick tick) {
        MigrationHeader header = migration.header();
        return new Ghost(
                moved.id(),
                header.source(),
                header.target(),
                moved.group(),
                moved.epoch(),
                1,
                migration.id(),
                tick.nowMillis(),
                1);
    }

    static Decision complete(CompleteMigration complete, MigrationRecord migration, Tick tick) {
        if (StepRules.isTaken(migration, MigrationPhase.COMPLETED, complete.seenPhaseVersion())) {
            return accept(new Answer.Migration(migration));
        }
        if (complete.seenPhaseVersion() != migration.stage().phaseVersion()) {
            return refuse(MigrationRefusals.phaseConflict(migration, complete.seenPhaseVersion()));
        }
        if (migration.phase() != MigrationPhase.CUTOVER) {
            return refuse(MigrationRefusals.illegal(migration, "COMPLETED"));
        }
        if (!migration.fenced()) {
            return refuse(new Refusal.NotFenced(migration.id()));
        }
        Waiting nothing =
                new Waiting(
                        migration.header().target(), WaitCondition.NOTHING, 0, tick.nowMillis());
        MigrationRecord done =
                migration.ended(
                        migration.stage().next(MigrationPhase.COMPLETED, tick.nowMillis(), nothing),
                        new MigrationEnd.Completed(complete.actualPauseMicros()));
        return accept(
                new Answer.Migration(done),
                new MigrationEvent.MigrationCompleted(done, Checkpoints.of(done, tick)));
    }
}
