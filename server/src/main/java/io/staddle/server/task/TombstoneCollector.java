package io.staddle.server.task;

import io.staddle.api.command.DirectoryCommand.PurgeTombstones;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.Duration;
import java.time.InstantSource;

/// Forgets grains that were released long ago; their epochs go on in the floor of their type.
public final class TombstoneCollector implements LeaderTask {
    private final InstantSource clock;

    /// @param clock the clock that the leader stamps entries with
    public TombstoneCollector(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "tombstone-collector";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void run(View view, Proposer proposer) {
        Queries state = new Queries(view);
        long kept = state.config().get(Setting.TOMBSTONE_MILLIS);
        if (state.isTombstoneDue(clock.millis() - kept)) {
            Housekeeping.repeat(new PurgeTombstones(Housekeeping.MAX), proposer);
        }
    }
}
