package io.staddle.server.task;

import io.staddle.api.command.MigrationCommand;
import io.staddle.api.command.MigrationCommand.AbortMigration;
import io.staddle.api.id.Revision;
import io.staddle.api.model.AbortCode;
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
public final class MigrationDriver implements LeaderTask {
    private final InstantSource clock;
    private final LongSupplier term;
    private volatile Reign reign = new Reign(-1, 0);

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
        return Duration.ofMillis(100);
    }

    @Override
    public void run(View view, Proposer proposer) {
        long now = clock.millis();
        long current = term.getAsLong();
        if (reign.term() != current) {
            reign = new Reign(current, now);
        }
        List<MigrationRecord> migrations = Migrations.current(view);
        if (migrations.isEmpty()) {
            return;
        }
        Recovery recovery = new Recovery(view, now, reign.sinceMillis());
        List<MigrationCommand> due =
                migrations.stream()
                        .flatMap(each -> command(each, recovery.decide(each), view, now).stream())
                        .toList();
        Parallel.each(due, each -> name() + "-" + each.id(), proposer::propose);
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
