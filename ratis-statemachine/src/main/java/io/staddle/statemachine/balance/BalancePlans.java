package io.staddle.statemachine.balance;

import io.staddle.api.command.BalanceCommand.Target;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.GroupRecord;
import io.staddle.api.model.Membership;
import io.staddle.api.model.NodeRecord;
import io.staddle.api.model.Setting;
import io.staddle.api.model.VShardRecord;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.HeldShifts;
import io.staddle.api.query.NodeLoad;
import io.staddle.api.query.PlanWish;
import io.staddle.api.query.PlannedShift;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.migration.MigrationRules;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which vShards should move now, and what holds back those that cannot: found by the planner, and
/// decided by the rules that decide on migrations. Nothing happens.
public final class BalancePlans {
    private final Reads view;
    private final Tick tick;
    private final PlanWish wish;
    private final List<Shift> due = new ArrayList<>();
    private final List<StartMigration> starts = new ArrayList<>();
    private final List<HeldShifts> held = new ArrayList<>();

    private BalancePlans(PlanWish wish, Reads view, Tick tick) {
        this.wish = wish;
        this.view = view;
        this.tick = tick;
    }

    /// Plans on the state that `view` shows.
    public static BalancePlan plan(PlanWish wish, Reads view, Tick tick) {
        BalancePlans plans = new BalancePlans(wish, view, tick);
        Spread after = plans.decide(vShard -> Optional.of(new MigrationId("plan-" + vShard)));
        List<Target> targets =
                plans.due.stream().map(each -> new Target(each.vShard(), each.target())).toList();
        return new BalancePlan(
                BalanceFingerprint.of(targets, view, tick.nowMillis()),
                wish,
                plans.due.stream().map(plans::planned).toList(),
                plans.held,
                plans.loads(after));
    }

    /// Returns the commands that begin what can begin now.
    ///
    /// @param name what to call the migration of a vShard; empty if it is to be left alone
    public static List<StartMigration> due(
            PlanWish wish,
            Reads view,
            Tick tick,
            Function<VShardRecord, Optional<MigrationId>> name) {
        BalancePlans plans = new BalancePlans(wish, view, tick);
        plans.decide(id -> name.apply(view.get(Schema.V_SHARDS, id).orElseThrow()));
        return plans.starts;
    }

    /// Returns the nodes and vShards as they were if all moves had been made.
    private Spread decide(Function<VShardId, Optional<MigrationId>> name) {
        Optional<NodeId> leaving =
                wish instanceof PlanWish.Drain(var node) ? Optional.of(node) : Optional.empty();
        Spread spread = Spread.of(view, tick.nowMillis(), leaving);
        long tolerance = Configs.of(view).get(Setting.BALANCE_TOLERANCE_PERCENT);
        Planner planner = new Planner(spread, wish, tolerance);
        List<Shift> shifts = planner.plan();
        Draft draft = new Draft(view, tick);
        for (Shift shift : shifts) {
            name.apply(shift.vShard()).ifPresent(id -> decide(shift, id, draft));
        }
        planner.stuck().forEach(why -> hold(0, why));
        return spread;
    }

    private void decide(Shift shift, MigrationId id, Draft draft) {
        StartMigration start = start(shift, id);
        switch (MigrationRules.decide(start, draft, tick)) {
            case Decision.Accept(var events, _) -> {
                draft.take(events);
                due.add(shift);
                starts.add(start);
            }
            case Decision.Refuse(var why) -> hold(1, why);
        }
    }

    private StartMigration start(Shift shift, MigrationId id) {
        return Starts.start(
                id,
                new Target(shift.vShard(), shift.target()),
                Configs.of(view).get(Setting.MIGRATION_BUDGET_MICROS),
                view);
    }

    /// What holds back several of them is said once.
    private void hold(int moves, Refusal why) {
        for (int i = 0; i < held.size(); i++) {
            if (held.get(i).why().equals(why)) {
                held.set(i, new HeldShifts(held.get(i).moves() + moves, why));
                return;
            }
        }
        held.add(new HeldShifts(moves, why));
    }

    private PlannedShift planned(Shift shift) {
        return new PlannedShift(
                shift.vShard(),
                shift.group(),
                shift.source(),
                shift.target(),
                membership(shift),
                shift.why(),
                shift.relieved());
    }

    private Membership membership(Shift shift) {
        GroupRecord group = view.get(Schema.GROUPS, shift.group()).orElseThrow();
        if (group.voters().contains(shift.target())) {
            return Membership.VOTER;
        }
        return group.learners().contains(shift.target()) ? Membership.LEARNER : Membership.NONE;
    }

    private List<NodeLoad> loads(Spread after) {
        List<VShardRecord> vShards = view.values(Schema.V_SHARDS);
        List<GroupRecord> groups = view.values(Schema.GROUPS);
        List<NodeLoad> loads = new ArrayList<>();
        for (NodeRecord node : view.values(Schema.NODES)) {
            NodeId id = node.id();
            loads.add(
                    new NodeLoad(
                            id,
                            node.state(),
                            (int) vShards.stream().filter(v -> v.leaseholder().equals(id)).count(),
                            after.served(id),
                            (int) groups.stream().filter(g -> g.voters().contains(id)).count(),
                            after.replicas(id)));
        }
        return loads;
    }
}
