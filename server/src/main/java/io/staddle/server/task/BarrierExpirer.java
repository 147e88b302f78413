package io.staddle.server.task;

import io.staddle.api.command.BarrierCommand.ExpireBarriers;
import io.staddle.statemachine.barrier.Hopeless;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import java.time.Duration;
import java.time.InstantSource;

/// Aborts barriers whose deadline has passed, and those that wait for a data node that is silent or
/// has restarted.
///
/// A leader that is new proposes it, too, if a deadline of before its time has passed: as the first
/// entry of its term it gives all barriers their whole time again, and aborts none.
public final class BarrierExpirer implements LeaderTask {
    private final InstantSource clock;

    /// @param clock the clock that the leader stamps entries with
    public BarrierExpirer(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "barrier-expirer";
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(200);
    }

    @Override
    public void run(View view, Proposer proposer) {
        long now = clock.millis();
        boolean isDue =
                view.values(Schema.BARRIERS).stream()
                        .anyMatch(barrier -> Hopeless.why(barrier, view, now).isPresent());
        if (isDue) {
            Housekeeping.repeat(new ExpireBarriers(Housekeeping.MAX), proposer);
        }
    }
}
