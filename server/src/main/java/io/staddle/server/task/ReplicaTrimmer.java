package io.staddle.server.task;

import io.staddle.api.model.Setting;
import io.staddle.statemachine.balance.Trims;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.Duration;

/// Takes voters out of groups that have more than they need: each migration to a new member leaves
/// one, its source or another that serves nothing there.
public final class ReplicaTrimmer implements LeaderTask {
    private final Vigil vigil;

    /// @param vigil the clock that the leader stamps entries with
    public ReplicaTrimmer(Vigil vigil) {
        this.vigil = vigil;
    }

    @Override
    public String name() {
        return "replica-trimmer";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run(View view, Proposer proposer) {
        if (!new Queries(view).config().isOn(Setting.TRIM_AUTO)) {
            return;
        }
        Parallel.each(
                new Trims(view, vigil.clock().millis()).voters(),
                each -> name() + "-" + each.group(),
                proposer::propose);
    }
}
