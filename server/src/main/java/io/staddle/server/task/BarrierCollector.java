package io.staddle.server.task;

import io.staddle.api.command.BarrierCommand.PruneBarriers;
import io.staddle.statemachine.barrier.PruneRules;
import io.staddle.storage.View;

import java.time.Duration;
import java.time.InstantSource;

/// Forgets barriers that were decided long ago.
public final class BarrierCollector implements LeaderTask {
    private final InstantSource clock;

    /// @param clock the clock that the leader stamps entries with
    public BarrierCollector(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "barrier-collector";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run(View view, Proposer proposer) {
        if (PruneRules.isDue(view, clock.millis())) {
            Housekeeping.repeat(new PruneBarriers(Housekeeping.MAX), proposer);
        }
    }
}
