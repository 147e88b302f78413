package io.staddle.server.task;

import io.staddle.api.command.DirectoryCommand.ExpireLeases;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.Duration;
import java.time.InstantSource;

/// Releases grains whose lease has ended.
public final class LeaseExpirer implements LeaderTask {
    private final InstantSource clock;

    /// @param clock the clock that the leader stamps entries with
    public LeaseExpirer(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "lease-expirer";
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(200);
    }

    @Override
    public void run(View view, Proposer proposer) {
        if (new Queries(view).isLeaseDue(clock.millis())) {
            Housekeeping.repeat(new ExpireLeases(Housekeeping.MAX), proposer);
        }
    }
}
