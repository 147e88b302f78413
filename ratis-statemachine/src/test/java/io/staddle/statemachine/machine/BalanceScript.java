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
import io.staddle.api.refusal.Refusal;
import io.staddle.api.refusal.RefusalText;
import io.staddle.statemachine.balance.BalancePlans;
import io.staddle.statemachine.balance.BalanceRules;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The part of [Script] about plans of migrations.
///
/// ```
/// apply [drain N | fill N]       the plan that there is now
/// apply plan ID V N              another plan, of one move
/// apply moves V N [V N]…         a plan of these moves, made of the state that there is now
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
        return words.length > 1 && words[1].equals("moves") ? moves() : apply(plan());
    }

    /// Whoever says a wrong plan is told the right one.
    private Command moves() {
        List<Target> targets = new ArrayList<>();
        for (int i = 2; i < words.length; i += 2) {
            targets.add(
                    new Target(new VShardId(Integer.parseInt(words[i])), new NodeId(words[i + 1])));
        }
        BalanceCommand wrong = new BalanceCommand.ApplyPlan(new PlanId("wrong"), targets, 500_000);
        Tick now = new Tick(Revision.NONE, clockMillis);
        return BalanceRules.decide(wrong, view, now)
                        instanceof Decision.Refuse(Refusal.PlanChanged(_, var right))
                ? new BalanceCommand.ApplyPlan(right, targets, 500_000)
                : wrong;
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
