package io.staddle.server.task;

import io.staddle.api.command.BarrierCommand.ExpireBarriers;
import io.staddle.api.model.BarrierRecord;
import io.staddle.statemachine.barrier.Hopeless;
import io.staddle.statemachine.barrier.Outlook;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.View;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Aborts barriers whose deadline has passed, and those that wait for a data node that is silent or
/// has restarted.
///
/// A leader that is new proposes it, too, if a deadline of before its time has passed: as the first
/// entry of its term it gives all barriers their whole time again, and aborts none.
public final class BarrierExpirer implements LeaderTask {
    private final InstantSource clock;

    /// What there was when no barrier was hopeless.
    private Optional<Outlook> harmless = Optional.empty();

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
        List<BarrierRecord> open = view.values(Schema.BARRIERS);
        long now = clock.millis();
        if (open.stream().anyMatch(barrier -> Hopeless.isLate(barrier, view, now))
                || isAnyHopeless(open, view, now)) {
            Housekeeping.repeat(new ExpireBarriers(Housekeeping.MAX), proposer);
        }
    }

    /// Reads all participants, unless nothing has changed since that was of no use.
    private boolean isAnyHopeless(List<BarrierRecord> open, View view, long now) {
        if (open.isEmpty()) {
            return false;
        }
        Outlook outlook = Outlook.of(view, now);
        if (harmless.equals(Optional.of(outlook))) {
            return false;
        }
        boolean isHopeless =
                open.stream().anyMatch(barrier -> Hopeless.why(barrier, view, now).isPresent());
        harmless = isHopeless ? Optional.empty() : Optional.of(outlook);
        return isHopeless;
    }
}
