package io.staddle.server.task;

import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.MigrationCommand.AbortMigration;
import io.staddle.api.id.Revision;
import io.staddle.api.model.AbortCode;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.query.RecoveryDecision;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.machine.Rules;
import io.staddle.statemachine.migration.NextStep;
import io.staddle.statemachine.migration.Recovery;
import io.staddle.statemachine.state.Migrations;
import io.staddle.storage.View;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Takes migrations step by step, whoever began them: what a leader left behind, the next one
/// resumes, finishes or aborts.
///
/// It asks the rules whether a step could be taken now, and proposes only those; one migration that
/// fails does not hold up the others.
///
/// It looks ten times a second, and far more often while writes are paused, or about to be: but
/// only at those migrations then, and not for long at one that does not get on.
public final class MigrationDriver implements LeaderTask {
    private static final Duration CALM = Duration.ofMillis(100);
    private static final Duration HASTE = Duration.ofMillis(5);
    private static final Duration HASTE_MAX = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final LongSupplier term;
    private volatile Reign reign = new Reign(-1, 0);
    private volatile boolean hasty;
    private volatile long allMillis;

    /// Since when this server leads.
    private record Reign(long term, long sinceMillis) {}

    /// @param clock the clock that the leader stamps entries with
    /// @param term the term in which this server leads
    public MigrationDriver(InstantSource clock, LongSupplier term) {
        this.clock = clock;
        this.term = term;
    }

    @Override
    public String name() {
        return "migration-driver";
    }

    @Override
    public Duration period() {
        return hasty ? HASTE : CALM;
    }

    @Override
    public void run(View view, Proposer proposer) {
        long now = clock.millis();
        long current = term.getAsLong();
        if (reign.term() != current) {
            reign = new Reign(current, now);
        }
        List<MigrationRecord> migrations = Migrations.current(view);
        boolean wasHasty = hasty;
        hasty = migrations.stream().anyMatch(each -> isUrgent(each, now));
        if (migrations.isEmpty()) {
            return;
        }
        boolean all = !wasHasty || now - allMillis >= CALM.toMillis() || now < allMillis;
        allMillis = all ? now : allMillis;
        Recovery recovery = new Recovery(view, now, reign.sinceMillis());
        List<MigrationCommand> due =
                migrations.stream()
                        .filter(each -> all || isUrgent(each, now))
                        .flatMap(each -> command(each, recovery.decide(each), view, now).stream())
                        .toList();
        Parallel.each(due, each -> name() + "-" + each.id(), proposer::propose);
    }

    private static boolean isUrgent(MigrationRecord migration, long nowMillis) {
        boolean isNear =
                migration.phase() == MigrationPhase.PROMOTE_LEARNER
                        || migration.phase() == MigrationPhase.LEADERSHIP_TRANSFER;
        return isNear && nowMillis - migration.stage().sinceMillis() < HASTE_MAX.toMillis();
    }

    /// Returns what is to be proposed about a migration now; mostly nothing.
    private static Optional<MigrationCommand> command(
            MigrationRecord migration, RecoveryDecision decision, View view, long nowMillis) {
        return switch (decision.action()) {
            case WAIT, CLEAN_UP -> Optional.empty();
            case ABORT -> Optional.of(abort(migration, decision.code().orElseThrow()));
            case FINISH, RESUME ->
                    NextStep.of(migration).filter(step -> isPossible(step, view, nowMillis));
        };
    }

    private static boolean isPossible(MigrationCommand step, View view, long nowMillis) {
        Tick tick = new Tick(Revision.NONE, nowMillis);
        return Rules.decide(step, view, tick) instanceof Decision.Accept;
    }

    private static MigrationCommand abort(MigrationRecord migration, AbortCode code) {
        return new AbortMigration(migration.id(), code, "", migration.stage().phaseVersion());
    }
}
