package io.staddle.statemachine.barrier;

import static io.staddle.statemachine.decision.Decision.accept;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.BarrierCommand.PruneBarriers;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.Event;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.Config;
import io.staddle.api.model.Setting;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Barriers;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.KeyRange;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;

/// Decides which barriers are forgotten. Bounded by the rows that go, so one entry stays short.
public final class PruneRules {
    private final Reads view;
    private final long keep;
    private final long beforeMillis;
    private final List<Event> events = new ArrayList<>();
    private long rows;

    private PruneRules(Reads view, long nowMillis) {
        this.view = view;
        Config config = Configs.of(view);
        keep = config.get(Setting.BARRIERS_KEPT);
        beforeMillis = nowMillis - config.get(Setting.BARRIER_RETENTION_MILLIS);
    }

    static Decision prune(PruneBarriers prune, Reads view, Tick tick) {
        PruneRules rules = new PruneRules(view, tick.nowMillis());
        for (BarrierScope scope : view.values(Schema.BARRIER_SCOPES)) {
            if (rules.rows < prune.max()) {
                rules.prune(scope, prune.max());
            }
        }
        return accept(new Answer.Removed("rows of barriers", rules.rows), rules.events);
    }

    /// Tells whether there is anything to forget.
    public static boolean isDue(Reads view, long nowMillis) {
        PruneRules rules = new PruneRules(view, nowMillis);
        return view.values(Schema.BARRIER_SCOPES).stream().anyMatch(rules::isDue);
    }

    private boolean isDue(BarrierScope scope) {
        prune(scope, 1);
        return rows > 0;
    }

    private void prune(BarrierScope scope, long max) {
        long through = 0;
        if (scope.lastEpoch() - scope.forgottenEpoch() <= keep) {
            return;
        }
        KeyRange old = Barriers.between(scope.id(), 0, scope.lastEpoch() - keep + 1);
        try (var cursor = view.scan(Schema.DECIDED_BARRIERS, old)) {
            while (rows < max && cursor.hasNext()) {
                BarrierRecord barrier = cursor.next().value();
                if (!isOld(barrier)) {
                    break;
                }
                through = barrier.id().epoch();
                rows += 1 + barrier.tally().participants();
            }
        }
        if (through > 0) {
            events.add(new BarrierEvent.BarriersForgotten(scope.id(), through));
        }
    }

    private boolean isOld(BarrierRecord barrier) {
        return switch (barrier.decision()) {
            case BarrierDecision.Open _ -> false;
            case BarrierDecision.Committed committed -> committed.atMillis() <= beforeMillis;
            case BarrierDecision.Aborted aborted -> aborted.atMillis() <= beforeMillis;
        };
    }
}
