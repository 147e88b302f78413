package io.staddle.statemachine.barrier;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.BarrierCommand.BeginBarrier;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.BarrierId;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Setting;
import io.staddle.api.model.Tally;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Barriers;
import io.staddle.statemachine.state.Configs;
import io.staddle.statemachine.state.Deadlines;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides which barriers begin.
final class BeginRules {
    /// How far above the newest epoch one may begin: no wrong number uses them up.
    private static final long EPOCH_JUMP_MAX = 1_000_000;

    private BeginRules() {}

    static Decision begin(BeginBarrier begin, Reads view, Tick tick) {
        Optional<BarrierScope> known = Barriers.scope(begin.scope(), view);
        if (known.isEmpty()) {
            return refuse(BarrierRules.noScope(begin.scope()));
        }
        BarrierScope scope = known.get();
        Optional<Refusal> stale = BarrierRules.stale(scope, begin.token());
        if (stale.isPresent()) {
            return refuse(stale.get());
        }
        Optional<BarrierRecord> newest = Barriers.newest(scope, view);
        Optional<BarrierRecord> same = newest.filter(barrier -> isBegunBy(begin, barrier));
        if (same.isPresent()) {
            return again(begin, same.get(), view);
        }
        Optional<Refusal> refusal =
                inFlight(newest).or(() -> nobody(begin, scope)).or(() -> usedEpoch(begin, scope));
        return refusal.map(Decision::refuse).orElseGet(() -> accepted(begin, scope, view, tick));
    }

    private static boolean isBegunBy(BeginBarrier begin, BarrierRecord barrier) {
        return barrier.token().equals(begin.token())
                && barrier.checkpoint().equals(begin.checkpoint());
    }

    /// The command comes again, or its checkpoint does by mistake.
    private static Decision again(BeginBarrier begin, BarrierRecord barrier, Reads view) {
        List<Participation> fresh =
                Barriers.participants(barrier.id(), view).stream()
                        .map(each -> Participation.of(each.node(), each.incarnation()))
                        .toList();
        return fresh.equals(begin.participants())
                ? accept(new Answer.Barrier(barrier))
                : refuse(
                        new Refusal.AlreadyExists(
                                "barrier of checkpoint",
                                begin.checkpoint().value(),
                                "it has other participants"));
    }

    private static Optional<Refusal> inFlight(Optional<BarrierRecord> newest) {
        return newest.filter(barrier -> !barrier.status().isDecided())
                .map(open -> new Refusal.BarrierInFlight(open.id(), open.status()));
    }

    private static Optional<Refusal> nobody(BeginBarrier begin, BarrierScope scope) {
        return begin.participants().isEmpty() && !scope.solo()
                ? Optional.of(new Refusal.NoParticipants(scope.id()))
                : Optional.empty();
    }

    private static Optional<Refusal> usedEpoch(BeginBarrier begin, BarrierScope scope) {
        long last = scope.lastEpoch();
        long max = Math.min(BarrierId.EPOCH_MAX, last + EPOCH_JUMP_MAX);
        long epoch = epoch(begin, scope);
        return epoch > last && epoch <= max
                ? Optional.empty()
                : Optional.of(new Refusal.OutOfRange("epoch", epoch, last + 1, max));
    }

    private static long epoch(BeginBarrier begin, BarrierScope scope) {
        return begin.epoch() == 0 ? scope.lastEpoch() + 1 : begin.epoch();
    }

    private static Decision accepted(
            BeginBarrier begin, BarrierScope scope, Reads view, Tick tick) {
        long timeout =
                begin.timeoutMillis() == 0
                        ? Configs.of(view).get(Setting.BARRIER_TIMEOUT_MILLIS)
                        : begin.timeoutMillis();
        BarrierRecord barrier =
                new BarrierRecord(
                        new BarrierId(scope.id(), epoch(begin, scope)),
                        begin.checkpoint(),
                        begin.token(),
                        scope.policy(),
                        Tally.of(begin.participants().size()),
                        tick.nowMillis(),
                        timeout,
                        Deadlines.after(tick.nowMillis(), timeout),
                        new BarrierDecision.Open());
        List<Event> events = new ArrayList<>();
        events.add(new BarrierEvent.BarrierBegun(barrier, begin.participants()));
        if (barrier.status() == BarrierStatus.READY) {
            events.add(new BarrierEvent.BarrierReady(barrier));
        }
        return accept(new Answer.Barrier(barrier), events);
    }
}
