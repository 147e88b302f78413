package io.staddle.server.task;

import io.staddle.api.command.GhostCommand.CleanupMigrations;
import io.staddle.statemachine.query.MigrationQueries;
import io.staddle.storage.View;

import java.time.Duration;
import java.time.InstantSource;

/// Forgets migrations that ended long ago.
public final class MigrationCollector implements LeaderTask {
    private final InstantSource clock;

    /// @param clock the clock that the leader stamps entries with
    public MigrationCollector(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "migration-collector";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run(View view, Proposer proposer) {
        long now = clock.millis();
        if (new MigrationQueries(view).isCleanupDue(now)) {
            Housekeeping.repeat(new CleanupMigrations(Housekeeping.MAX), proposer);
        }
    }
}
