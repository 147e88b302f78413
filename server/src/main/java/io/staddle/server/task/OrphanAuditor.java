package io.staddle.server.task;

import io.staddle.statemachine.balance.Trims;
import io.staddle.storage.View;

import java.time.Duration;

/// Takes learners out of groups that no migration names and whose node leaves. A learner that an
/// operator added stays for as long as its node does.
public final class OrphanAuditor implements LeaderTask {
    private final Vigil vigil;

    /// @param vigil the clock that the leader stamps entries with
    public OrphanAuditor(Vigil vigil) {
        this.vigil = vigil;
    }

    @Override
    public String name() {
        return "orphan-auditor";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run(View view, Proposer proposer) {
        Parallel.each(
                new Trims(view, vigil.clock().millis()).learners(),
                each -> name() + "-" + each.group(),
                proposer::propose);
    }
}
