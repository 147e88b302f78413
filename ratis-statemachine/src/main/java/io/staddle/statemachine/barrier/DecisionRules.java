package io.staddle.statemachine.barrier;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.BarrierCommand.AbortBarrier;
import io.staddle.api.command.BarrierCommand.CommitBarrier;
import io.staddle.api.command.BarrierCommand.ExpireBarriers;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.Event;
import io.staddle.api.id.Token;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierScope;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Barriers;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides what becomes of barriers. What is decided stays so, whoever says what later.
final class DecisionRules {
    private DecisionRules() {}

    static Decision commit(CommitBarrier commit, Reads view, Tick tick) {
        Optional<BarrierRecord> known = Barriers.find(commit.barrier(), view);
        if (known.isEmpty()) {
            return refuse(BarrierRules.noBarrier(commit.barrier()));
        }
        BarrierRecord barrier = known.get();
        return switch (barrier.status()) {
            case COMMITTED -> accept(new Answer.Barrier(barrier));
            case ABORTED -> refuse(new Refusal.BarrierDecided(barrier.id(), BarrierStatus.ABORTED));
            case PREPARE ->
                    refuse(
                            new Refusal.NotReady(
                                    barrier.id(), Barriers.missing(barrier.id(), view)));
            case READY -> commitReady(commit, barrier, view, tick);
        };
    }

    private static Decision commitReady(
            CommitBarrier commit, BarrierRecord barrier, Reads view, Tick tick) {
        BarrierScope scope = scope(barrier, view);
        Optional<Refusal> stale = BarrierRules.stale(scope, commit.token());
        if (stale.isPresent()) {
            return refuse(stale.get());
        }
        OptionalLong watermark = barrier.tally().watermark(barrier.policy());
        BarrierRecord next =
                barrier.decided(
                        new BarrierDecision.Committed(
                                watermark, later(scope.watermark(), watermark), tick.nowMillis()));
        return accept(new Answer.Barrier(next), new BarrierEvent.BarrierCommitted(next));
    }

    static Decision abort(AbortBarrier abort, Reads view, Tick tick) {
        Optional<BarrierRecord> known = Barriers.find(abort.barrier(), view);
        if (known.isEmpty()) {
            return refuse(BarrierRules.noBarrier(abort.barrier()));
        }
        BarrierRecord barrier = known.get();
        return switch (barrier.status()) {
            case ABORTED -> accept(new Answer.Barrier(barrier));
            case COMMITTED ->
                    refuse(new Refusal.BarrierDecided(barrier.id(), BarrierStatus.COMMITTED));
            case PREPARE, READY -> abortOpen(abort, barrier, view, tick);
        };
    }

    private static Decision abortOpen(
            AbortBarrier abort, BarrierRecord barrier, Reads view, Tick tick) {
        boolean isOperator = abort.token().equals(Token.NONE);
        Optional<Refusal> stale =
                isOperator
                        ? Optional.empty()
                        : BarrierRules.stale(scope(barrier, view), abort.token());
        if (stale.isPresent()) {
            return refuse(stale.get());
        }
        BarrierRecord next =
                barrier.decided(
                        new BarrierDecision.Aborted(
                                isOperator
                                        ? BarrierAbortCode.OPERATOR
                                        : BarrierAbortCode.COORDINATOR,
                                abort.reason(),
                                List.of(),
                                tick.nowMillis()));
        return accept(new Answer.Barrier(next), new BarrierEvent.BarrierAborted(next));
    }

    static Decision expire(ExpireBarriers expire, Reads view, Tick tick) {
        List<Event> events =
                view.values(Schema.BARRIERS).stream()
                        .flatMap(barrier ->
                                Hopeless.why(barrier, view, tick.nowMillis())
                                        .map(barrier::decided)
                                        .stream())
                        .limit(expire.max())
                        .<Event>map(BarrierEvent.BarrierAborted::new)
                        .toList();
        return accept(new Answer.Removed("barriers", events.size()), events);
    }

    /// What is published never falls, and what is not known changes nothing.
    private static OptionalLong later(OptionalLong published, OptionalLong watermark) {
        if (published.isEmpty() || watermark.isEmpty()) {
            return published.isEmpty() ? watermark : published;
        }
        return OptionalLong.of(Math.max(published.getAsLong(), watermark.getAsLong()));
    }

    private static BarrierScope scope(BarrierRecord barrier, Reads view) {
        return Barriers.scope(barrier.id().scope(), view).orElseThrow();
    }
}
