package io.staddle.statemachine.balance;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.BalanceCommand;
import io.staddle.api.command.BalanceCommand.ApplyPlan;
import io.staddle.api.command.BalanceCommand.Target;
import io.staddle.api.event.Event;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.PlanId;
import io.staddle.api.model.MigrationRecord;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.migration.MigrationRules;
import io.staddle.statemachine.state.Migrations;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Decides whether a plan is carried out: as it was shown, as a whole, or not at all.
public final class BalanceRules {
    private BalanceRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(BalanceCommand command, Reads view, Tick tick) {
        return switch (command) {
            case ApplyPlan apply -> apply(apply, view, tick);
        };
    }

    private static Decision apply(ApplyPlan apply, Reads view, Tick tick) {
        List<MigrationRecord> begun =
                apply.targets().stream()
                        .flatMap(target -> Migrations.find(id(apply, target), view).stream())
                        .toList();
        if (begun.size() == apply.targets().size()) {
            return accept(answer(begun));
        }
        PlanId current = BalanceFingerprint.of(apply.targets(), view, tick.nowMillis());
        return current.equals(apply.plan())
                ? begin(apply, view, tick)
                : refuse(new Refusal.PlanChanged(apply.plan(), current));
    }

    private static Decision begin(ApplyPlan apply, Reads view, Tick tick) {
        Draft draft = new Draft(view, tick);
        List<Event> events = new ArrayList<>();
        List<MigrationRecord> begun = new ArrayList<>();
        for (Target target : apply.targets()) {
            MigrationId id = id(apply, target);
            var start = Starts.start(id, target, apply.budgetMicros(), draft);
            switch (MigrationRules.decide(start, draft, tick)) {
                case Decision.Refuse refused -> {
                    return refused;
                }
                case Decision.Accept(var happened, _) -> {
                    draft.take(happened);
                    events.addAll(happened);
                    begun.add(Migrations.find(id, draft).orElseThrow());
                }
            }
        }
        return accept(answer(begun), events);
    }

    private static Answer answer(List<MigrationRecord> migrations) {
        return new Answer.Migrations(
                migrations.stream()
                        .sorted(Comparator.comparing(each -> each.header().vShard()))
                        .toList());
    }

    private static MigrationId id(ApplyPlan apply, Target target) {
        return new MigrationId("plan-" + apply.plan() + "-" + target.vShard());
    }
}
