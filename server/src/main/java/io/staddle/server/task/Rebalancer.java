package io.staddle.server.task;

import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.model.Setting;
import io.staddle.api.query.PlanWish;
import io.staddle.statemachine.balance.Attempts;
import io.staddle.statemachine.balance.BalancePlans;
import io.staddle.statemachine.query.Queries;
import io.staddle.storage.View;

import java.time.Duration;
import java.util.List;

/// Begins what `migration plan` would show, for as long as `balance.auto` is on. As much goes on at
/// a time as may; what is even within the tolerance is left alone.
public final class Rebalancer implements LeaderTask {
    private final Vigil vigil;

    /// @param vigil the clock that the leader stamps entries with
    public Rebalancer(Vigil vigil) {
        this.vigil = vigil;
    }

    @Override
    public String name() {
        return "rebalancer";
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run(View view, Proposer proposer) {
        if (!new Queries(view).config().isOn(Setting.BALANCE_AUTO)) {
            return;
        }
        List<StartMigration> due =
                BalancePlans.due(
                        new PlanWish.Even(),
                        view,
                        vigil.tick(),
                        new Attempts("balance", view, vigil.tick().nowMillis())::next);
        Parallel.each(due, each -> name() + "-" + each.id(), proposer::propose);
    }
}
