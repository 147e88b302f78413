package io.staddle.statemachine.migration;

import io.staddle.api.model.Config;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.MigrationHeader;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationProgress;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.model.Setting;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.Optional;

/// What a step of a migration still waits for, in order of precedence.
final class StepGuards {
    private StepGuards() {}

    static Optional<Refusal> refusal(
            MigrationPhase to, MigrationRecord migration, Reads view, Tick tick) {
        Config config = Configs.of(view);
        return switch (to) {
            case CATCH_UP -> notObserved(migration, view);
            case PROMOTE_LEARNER ->
                    notCaughtUp(migration, config).or(() -> stale(migration, config, tick));
            case LEADERSHIP_TRANSFER ->
                    notCaughtUp(migration, config)
                            .or(() -> stale(migration, config, tick))
                            .or(() -> notObserved(migration, view))
                            .or(() -> tooLong(migration));
            case ADD_LEARNER, CUTOVER, COMPLETED, ABORTED -> Optional.empty();
        };
    }

    /// What is not known is not caught up.
    private static Optional<Refusal> notCaughtUp(MigrationRecord migration, Config config) {
        long lag = migration.progress().lag();
        long max = config.get(Setting.CATCH_UP_LAG);
        return lag == MigrationProgress.UNKNOWN || lag > max
                ? Optional.of(MigrationRefusals.notCaughtUp(migration, lag, max))
                : Optional.empty();
    }

    private static Optional<Refusal> stale(MigrationRecord migration, Config config, Tick tick) {
        long age = tick.nowMillis() - migration.progress().reportedMillis();
        long max = config.get(Setting.PROGRESS_FRESH_MILLIS);
        return age > max
                ? Optional.of(new Refusal.ProgressStale(migration.id(), age, max))
                : Optional.empty();
    }

    private static Optional<Refusal> notObserved(MigrationRecord migration, Reads view) {
        MigrationHeader header = migration.header();
        GroupRecord group = view.get(Schema.GROUPS, header.group()).orElseThrow();
        long observed = group.observedBy(header.target(), header.targetIncarnation());
        long needed = migration.stage().waiting().value();
        return observed < needed
                ? Optional.of(
                        new Refusal.NotObserved(migration.id(), header.target(), observed, needed))
                : Optional.empty();
    }

    private static Optional<Refusal> tooLong(MigrationRecord migration) {
        long estimate = migration.progress().estimatedPauseMicros();
        long budget = migration.header().budgetMicros();
        return estimate > budget
                ? Optional.of(new Refusal.PauseBudgetExceeded(migration.id(), estimate, budget))
                : Optional.empty();
    }
}
