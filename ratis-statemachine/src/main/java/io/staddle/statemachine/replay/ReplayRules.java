package io.staddle.statemachine.replay;

import static io.staddle.statemachine.decision.Decision.accept;
import static io.staddle.statemachine.decision.Decision.refuse;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.command.ReplayCommand.Acknowledge;
import io.staddle.api.command.ReplayCommand.Append;
import io.staddle.api.command.ReplayCommand.Settle;
import io.staddle.api.command.ReplayCommand.Truncate;
import io.staddle.api.event.Event;
import io.staddle.api.event.ReplayEvent;
import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.refusal.Refusal;
import io.staddle.statemachine.decision.Decision;
import io.staddle.statemachine.decision.Tick;
import io.staddle.statemachine.state.Numbers;
import io.staddle.statemachine.state.QueuePlace;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides the commands about replay queues. Their cost does not depend on how long a queue is.
public final class ReplayRules {
    /// How far above the highest number of an origin it may settle: no wrong number uses them up.
    static final long SETTLE_JUMP_MAX = 1_000_000;

    private ReplayRules() {}

    /// Decides one command on the state that `view` shows.
    public static Decision decide(ReplayCommand command, Reads view, Tick tick) {
        return switch (command) {
            case Append append -> AppendRules.decide(append, view, tick);
            case Acknowledge acknowledge -> acknowledge(acknowledge, view, tick);
            case Truncate truncate -> truncate(truncate, view);
            case Settle settle -> settle(settle, view);
        };
    }

    /// Refuses a target or an origin that nobody registered.
    static Optional<Refusal> unknown(ClusterId target, List<ClusterId> origins, Reads view) {
        if (view.get(Schema.CLUSTERS, target).isEmpty()) {
            return Optional.of(new Refusal.NotFound("cluster", target.value()));
        }
        return origins.stream()
                .filter(origin -> view.get(Schema.CLUSTERS, origin).isEmpty())
                .findFirst()
                .map(origin -> new Refusal.NotFound("cluster", origin.value()));
    }

    static ReplayQueue queue(ClusterId target, Reads view) {
        return view.get(Schema.REPLAY_QUEUES, target)
                .orElseGet(() -> ReplayQueue.empty(target, Numbers.restoredAbove(view)));
    }

    private static Decision acknowledge(Acknowledge ack, Reads view, Tick tick) {
        ReplayQueue queue = queue(ack.target(), view);
        Optional<Refusal> refusal = noSuchPlace(queue, ack.throughSeq(), view);
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        if (ack.throughSeq() <= queue.ackedSeq()) {
            return accept(new Answer.Queue(queue));
        }
        long bytes = bytes(queue, ack.throughSeq(), view);
        ReplayQueue next =
                queue.without(ack.throughSeq(), bytes)
                        .acknowledged(ack.consumer(), tick.nowMillis());
        List<Event> events = new ArrayList<>();
        events.add(
                new ReplayEvent.Acknowledged(
                        ack.target(),
                        ack.throughSeq(),
                        queue.entries() - next.entries(),
                        bytes,
                        ack.consumer()));
        if (next.entries() == 0) {
            long entries = next.nextSeq() - queue.backlogSeq();
            events.add(new ReplayEvent.Replayed(ack.target(), entries));
        }
        return accept(new Answer.Queue(next), events);
    }

    private static Decision truncate(Truncate truncate, Reads view) {
        ReplayQueue queue = queue(truncate.target(), view);
        Optional<Refusal> refusal = noSuchPlace(queue, truncate.throughSeq(), view);
        if (refusal.isPresent()) {
            return refuse(refusal.get());
        }
        if (truncate.throughSeq() <= queue.ackedSeq()) {
            return accept(new Answer.Queue(queue));
        }
        if (truncate.seenAckedSeq() != queue.ackedSeq()) {
            return refuse(
                    new Refusal.VersionConflict(
                            "replay queue of cluster",
                            truncate.target().value(),
                            truncate.seenAckedSeq(),
                            queue.ackedSeq()));
        }
        long bytes = bytes(queue, truncate.throughSeq(), view);
        ReplayQueue next = queue.without(truncate.throughSeq(), bytes);
        return accept(
                new Answer.Queue(next),
                new ReplayEvent.Truncated(
                        truncate.target(),
                        truncate.throughSeq(),
                        queue.entries() - next.entries(),
                        bytes,
                        truncate.reason()));
    }

    private static Decision settle(Settle settle, Reads view) {
        Optional<Refusal> unknown = unknown(settle.target(), List.of(settle.origin()), view);
        if (unknown.isPresent()) {
            return refuse(unknown.get());
        }
        ReplayOrigin origin = Intake.origin(settle.target(), settle.origin(), view);
        if (origin.isSettled(settle.through())) {
            return accept(new Answer.Settled(settle.target(), origin));
        }
        long last = origin.highest() + SETTLE_JUMP_MAX;
        if (settle.through() > last) {
            return refuse(new Refusal.OutOfRange("through", settle.through(), 1, last));
        }
        return accept(
                new Answer.Settled(settle.target(), origin.settledThrough(settle.through())),
                new ReplayEvent.Settled(settle.target(), settle.origin(), settle.through()));
    }

    private static Optional<Refusal> noSuchPlace(ReplayQueue queue, long seq, Reads view) {
        Optional<Refusal> unknown = unknown(queue.target(), List.of(), view);
        if (unknown.isPresent() || seq <= queue.lastSeq()) {
            return unknown;
        }
        return Optional.of(new Refusal.OutOfRange("through seq", seq, 0, queue.lastSeq()));
    }

    /// The bytes of the entries up to and including a place that is in the queue.
    private static long bytes(ReplayQueue queue, long throughSeq, Reads view) {
        return view.get(Schema.REPLAY_ENTRIES, new QueuePlace(queue.target(), throughSeq))
                        .orElseThrow()
                        .bytesThrough()
                - queue.ackedBytes();
    }
}
