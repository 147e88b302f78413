package io.staddle.statemachine.barrier;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.BarrierCommand.AckBarrier;
import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.Event;
import io.staddle.api.model.BarrierAbortCode;
import io.staddle.api.model.BarrierDecision;
import io.staddle.api.model.BarrierDecision.Aborted;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.Participation;
import io.staddle.api.model.Participation.Ballot;
import io.staddle.api.model.Vote;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.BarrierSeat;
import io.staddle.statemachine.state.Barriers;
import io.staddle.statemachine.state.Deadlines;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides which votes count. The cost does not depend on how many participants there are.
final class AckRules {
    private AckRules() {}

    static Decision acknowledge(AckBarrier ack, Reads view, Tick tick) {
        Optional<BarrierRecord> known = Barriers.find(ack.barrier(), view);
        if (known.isEmpty()) {
            return refuse(BarrierRules.noBarrier(ack.barrier()));
        }
        Optional<Participation> seat =
                view.get(Schema.BARRIER_SEATS, new BarrierSeat(ack.barrier(), ack.node()));
        if (seat.isEmpty()) {
            return refuse(new Refusal.NotParticipant(ack.barrier(), ack.node()));
        }
        return ofParticipant(ack, known.get(), seat.get(), view, tick);
    }

    private static Decision ofParticipant(
            AckBarrier ack, BarrierRecord barrier, Participation seat, Reads view, Tick tick) {
        if (ack.incarnation() < seat.incarnation()) {
            return refuse(
                    new Refusal.StaleIncarnation(
                            ack.node(), ack.incarnation(), seat.incarnation()));
        }
        if (hasHappened(ack, barrier, seat)) {
            return accept(new Answer.Barrier(barrier));
        }
        if (barrier.status().isDecided()) {
            return refuse(new Refusal.BarrierDecided(barrier.id(), barrier.status()));
        }
        if (ack.incarnation() > seat.incarnation()) {
            return restarted(barrier, seat, tick);
        }
        long deadline = Deadlines.of(barrier, view);
        if (tick.nowMillis() > deadline) {
            long late = tick.nowMillis() - deadline;
            return refuse(new Refusal.DeadlinePassed(barrier.id(), deadline, late));
        }
        return switch (ack.vote()) {
            case Vote.Failed failed -> failed(failed, barrier, seat, tick);
            case Vote.Prepared prepared ->
                    seat.ballot().isPresent()
                            ? refuse(new Refusal.AckConflict(barrier.id(), ack.node()))
                            : prepared(prepared, barrier, seat, tick);
        };
    }

    /// The vote comes again, or the restart that it proves is why the barrier was aborted.
    private static boolean hasHappened(AckBarrier ack, BarrierRecord barrier, Participation seat) {
        if (ack.incarnation() == seat.incarnation()) {
            return seat.ballot().map(Ballot::vote).equals(Optional.of(ack.vote()));
        }
        return barrier.decision() instanceof Aborted(var code, _, var nodes, _)
                && code == BarrierAbortCode.PARTICIPANT_RESTARTED
                && nodes.contains(ack.node());
    }

    private static Decision prepared(
            Vote.Prepared vote, BarrierRecord barrier, Participation seat, Tick tick) {
        BarrierRecord next = barrier.with(vote);
        List<Event> events = new ArrayList<>();
        events.add(voted(vote, barrier, seat, tick));
        if (next.status() == BarrierStatus.READY) {
            events.add(new BarrierEvent.BarrierReady(next));
        }
        return accept(new Answer.Barrier(next), events);
    }

    private static Decision failed(
            Vote.Failed vote, BarrierRecord barrier, Participation seat, Tick tick) {
        BarrierRecord next =
                barrier.decided(
                        aborted(
                                BarrierAbortCode.PARTICIPANT_FAILED,
                                vote.code() + ": " + vote.text(),
                                seat,
                                tick));
        return accept(
                new Answer.Barrier(next),
                voted(vote, barrier, seat, tick),
                new BarrierEvent.BarrierAborted(next));
    }

    private static Decision restarted(BarrierRecord barrier, Participation seat, Tick tick) {
        BarrierRecord next =
                barrier.decided(aborted(BarrierAbortCode.PARTICIPANT_RESTARTED, "", seat, tick));
        return accept(new Answer.Barrier(next), new BarrierEvent.BarrierAborted(next));
    }

    private static Event voted(Vote vote, BarrierRecord barrier, Participation seat, Tick tick) {
        return new BarrierEvent.BarrierAcknowledged(
                barrier.id(), seat.voting(vote, tick.nowMillis()));
    }

    private static BarrierDecision aborted(
            BarrierAbortCode code, String reason, Participation seat, Tick tick) {
        return new Aborted(code, reason, List.of(seat.node()), tick.nowMillis());
    }
}
