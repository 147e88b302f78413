package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.answer.Outcome;
import io.staddle.api.codec.CommandCodec;
import io.staddle.api.codec.OutcomeCodec;
import io.staddle.api.codec.RefusalCodec;
import io.staddle.api.codec.ReplayCodec;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.WriteFate;
import io.staddle.api.query.ReplayStatus;
import io.staddle.api.refusal.Refusal;
import io.staddle.api.v1.Command;
import io.staddle.api.v1.PeekReplayAnswer;
import io.staddle.api.v1.PeekReplayRequest;
import io.staddle.api.v1.ReplayStatusAnswer;
import io.staddle.api.v1.ReplayStatusRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A replay queue with a memory, for fake servers: bounded in entries only. Nobody is known by the
/// name of `mars`, and `failed` may not append.
final class FakeQueue {
    private static final ClusterId MARS = new ClusterId("mars");
    private static final ClusterId FAILED = new ClusterId("failed");

    private final Map<ClusterId, ReplayOrigin> origins = new TreeMap<>();
    private final List<ReplayEntry> entries = new ArrayList<>();
    private final List<Integer> appends = new ArrayList<>();
    private ReplayQueue queue = ReplayQueue.empty(Fixture.EU);
    private int entriesMax = 100_000;

    /// The values of all entries that ever came, in order.
    synchronized List<String> values() {
        return entries.stream().map(each -> each.write().value().toStringUtf8()).toList();
    }

    /// How many new writes each append had.
    synchronized List<Integer> appends() {
        return List.copyOf(appends);
    }

    synchronized ReplayQueue queue() {
        return queue;
    }

    synchronized void bound(int max) {
        entriesMax = max;
    }

    synchronized io.staddle.api.v1.Outcome outcome(Command encoded, Revision at) {
        ReplayCommand command = (ReplayCommand) CommandCodec.decode(encoded).command();
        return OutcomeCodec.encode(
                command.target().equals(MARS)
                        ? new Outcome.Refused(at, new Refusal.NotFound("cluster", "mars"))
                        : outcome(command, at));
    }

    private Outcome outcome(ReplayCommand command, Revision at) {
        return switch (command) {
            case ReplayCommand.Append append -> append(append, at);
            case ReplayCommand.Acknowledge ack -> {
                if (ack.throughSeq() > queue.lastSeq()) {
                    yield new Outcome.Refused(
                            at,
                            new Refusal.OutOfRange(
                                    "through seq", ack.throughSeq(), 0, queue.lastSeq()));
                }
                queue = queue.without(Math.max(queue.ackedSeq(), ack.throughSeq()), 0);
                yield new Outcome.Done(at, new Answer.Queue(queue));
            }
            case ReplayCommand.Truncate same -> throw new AssertionError(same);
            case ReplayCommand.Settle settle -> {
                ReplayOrigin next = origin(settle.origin()).settledThrough(settle.through());
                origins.put(settle.origin(), next);
                yield new Outcome.Done(at, new Answer.Settled(settle.target(), next));
            }
        };
    }

    private Outcome append(ReplayCommand.Append append, Revision at) {
        long fresh = append.writes().stream().filter(this::isNew).count();
        if (fresh > 0 && queue.entries() + fresh > entriesMax) {
            return new Outcome.Refused(
                    at,
                    new Refusal.BufferFull(
                            append.target(), "replay.max-entries", queue.entries(), entriesMax));
        }
        if (append.writes().getFirst().id().origin().equals(FAILED)) {
            return new Outcome.Refused(at, new Refusal.ClusterDraining(FAILED));
        }
        List<WriteFate> fates = append.writes().stream().map(this::take).toList();
        appends.add((int) fresh);
        return new Outcome.Done(at, new Answer.Appended(append.target(), fates));
    }

    private boolean isNew(ReplayWrite write) {
        ReplayOrigin origin = origin(write.id().origin());
        return !origin.isSettled(write.id().seq()) && !origin.isKnown(write.id().seq());
    }

    private WriteFate take(ReplayWrite write) {
        ReplayOrigin origin = origin(write.id().origin());
        if (!isNew(write)) {
            return origin.isSettled(write.id().seq())
                    ? new WriteFate.Settled()
                    : new WriteFate.Known();
        }
        long seq = queue.nextSeq();
        entries.add(new ReplayEntry(seq, write, 0));
        queue = queue.grownBy(1, 0);
        origins.put(origin.origin(), origin.with(write.id().seq()));
        return new WriteFate.Appended(seq);
    }

    private ReplayOrigin origin(ClusterId origin) {
        return origins.getOrDefault(origin, ReplayOrigin.none(origin));
    }

    synchronized PeekReplayAnswer peek(PeekReplayRequest request) {
        PeekReplayAnswer.Builder answer = PeekReplayAnswer.newBuilder();
        if (request.getTarget().equals(MARS.value())) {
            return answer.setRefusal(
                            RefusalCodec.encode(new Refusal.NotFound("cluster", MARS.value())))
                    .build();
        }
        long after = Math.max(request.getAfterSeq(), queue.ackedSeq());
        entries.stream()
                .filter(entry -> entry.seq() > after)
                .limit(request.getLimit())
                .forEach(entry -> answer.addEntries(ReplayCodec.encode(entry)));
        return answer.setQueue(ReplayCodec.encode(queue)).build();
    }

    synchronized ReplayStatusAnswer status(ReplayStatusRequest request) {
        ReplayStatusAnswer.Builder answer = ReplayStatusAnswer.newBuilder();
        if (request.getTarget().equals(MARS.value())) {
            return answer.setRefusal(
                            RefusalCodec.encode(new Refusal.NotFound("cluster", MARS.value())))
                    .build();
        }
        ReplayStatus status = new ReplayStatus(queue, 0, 0, List.copyOf(origins.values()));
        return answer.addQueues(ReplayCodec.encode(status)).build();
    }
}
