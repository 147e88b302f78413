package io.staddle.statemachine.machine;

import io.staddle.api.command.BalanceCommand;
import io.staddle.api.command.BalanceCommand.Target;
import io.staddle.api.command.Command;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.PlanId;
import io.staddle.api.id.Revision;
import io.staddle.api.id.VShardId;
import io.staddle.api.query.BalancePlan;
import io.staddle.api.query.PlanWish;
import io.staddle.api.refusal.RefusalText;
import io.staddle.statemachine.balance.BalancePlans;
import io.staddle.statemachine.decision.Tick;
import io.staddle.storage.Reads;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The part of [Script] about plans of migrations.
///
/// ```
/// apply [drain N | fill N]       the plan that there is now
/// apply plan ID V N              another plan, of one move
/// ```
final class BalanceScript {
    private final String[] words;
    private final Reads view;
    private final long clockMillis;

    BalanceScript(String[] words, Reads view, long clockMillis) {
        this.words = words;
        this.view = view;
        this.clockMillis = clockMillis;
    }

    Command command() {
        if (Arrays.asList(words).contains("plan")) {
            Target target =
                    new Target(new VShardId(Integer.parseInt(words[3])), new NodeId(words[4]));
            return new BalanceCommand.ApplyPlan(new PlanId(words[2]), List.of(target), 500_000);
        }
        return apply(plan());
    }

    static BalanceCommand.ApplyPlan apply(BalancePlan plan) {
        return new BalanceCommand.ApplyPlan(
                plan.id(),
                plan.shifts().stream()
                        .map(each -> new Target(each.vShard(), each.target()))
                        .toList(),
                500_000);
    }

    BalancePlan plan() {
        return BalancePlans.plan(wish(), view, new Tick(Revision.NONE, clockMillis));
    }

    private PlanWish wish() {
        if (words.length < 3) {
            return new PlanWish.Even();
        }
        NodeId node = new NodeId(words[2]);
        return words[1].equals("drain") ? new PlanWish.Drain(node) : new PlanWish.Fill(node);
    }

    static String words(BalancePlan plan) {
        String shifts =
                plan.shifts().stream()
                        .map(each ->
                                "v%s %s->%s %s %s"
                                        .formatted(
                                                each.vShard(),
                                                each.source(),
                                                each.target(),
                                                each.why(),
                                                each.targetIs()))
                        .collect(Collectors.joining(", "));
        String held =
                plan.held().stream()
                        .map(each ->
                                " held " + each.moves() + " " + RefusalText.of(each.why()).code())
                        .collect(Collectors.joining());
        return (shifts.isEmpty() ? "nothing" : shifts) + held + " |" + loads(plan);
    }

    private static String loads(BalancePlan plan) {
        return plan.loads().stream()
                .map(each ->
                        " %s %s/%s->%s/%s"
                                .formatted(
                                        each.node(),
                                        each.vShards(),
                                        each.replicas(),
                                        each.vShardsThen(),
                                        each.replicasThen()))
                .collect(Collectors.joining());
    }
}
