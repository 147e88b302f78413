package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.query.ReplayPage;
import io.staddle.api.query.ReplayStatus;

import java.util.List;

/// Replay queues: writes kept for a cluster that is down, in order, until it has acknowledged them.
///
/// Each method waits for its answer, as those of [GrainDirectory] do, and throws the same.
public final class ReplayQueues {
    static final int PAGE_ENTRIES = 1_000;
    static final int PAGE_BYTES = 1 << 20;

    private final Calls calls;
    private final AsyncReplayQueues waiting;
    private final AsyncReplayQueues async;

    ReplayQueues(Calls calls) {
        this.calls = calls;
        this.waiting = new AsyncReplayQueues(calls.waitingForRoom());
        this.async = new AsyncReplayQueues(calls);
    }

    /// Returns the same queues, without waiting.
    public AsyncReplayQueues async() {
        return async;
    }

    /// Returns what appends the writes of one cluster to the queue of another, and numbers them.
    ///
    /// At any time there may be one for a queue and an origin; see [ReplayProducer].
    public ReplayProducer producer(ClusterId target, ClusterId origin) {
        return new ReplayProducer(calls, target, origin);
    }

    /// Returns what reads the queue of a cluster and acknowledges what was applied.
    public ReplayConsumer consumer(ClusterId target, ConsumerId consumer) {
        return new ReplayConsumer(this, target, consumer);
    }

    /// See [AsyncReplayQueues#append].
    public Result<Answer.Appended> append(ClusterId target, List<ReplayWrite> writes) {
        return calls.await(waiting.append(target, writes));
    }

    /// See [AsyncReplayQueues#acknowledge].
    public Result<ReplayQueue> acknowledge(ClusterId target, long throughSeq, ConsumerId consumer) {
        return calls.await(waiting.acknowledge(target, throughSeq, consumer));
    }

    /// See [AsyncReplayQueues#truncate].
    public Result<ReplayQueue> truncate(
            ClusterId target, long throughSeq, long seenAckedSeq, String reason) {
        return calls.await(waiting.truncate(target, throughSeq, seenAckedSeq, reason));
    }

    /// See [AsyncReplayQueues#settle].
    public Result<ReplayOrigin> settle(ClusterId target, ClusterId origin, long through) {
        return calls.await(waiting.settle(target, origin, through));
    }

    /// Returns up to 1,000 entries or 1 MiB after a place; see [AsyncReplayQueues#peek].
    public ReplayPage peek(ClusterId target, long afterSeq) {
        return peek(target, afterSeq, PAGE_ENTRIES, PAGE_BYTES);
    }

    /// See [AsyncReplayQueues#peek].
    public ReplayPage peek(ClusterId target, long afterSeq, int limit, int maxBytes) {
        return calls.await(waiting.peek(target, afterSeq, limit, maxBytes));
    }

    /// See [AsyncReplayQueues#status].
    public ReplayStatus status(ClusterId target) {
        return calls.await(waiting.status(target));
    }

    /// See [AsyncReplayQueues#list].
    public List<ReplayStatus> list() {
        return calls.await(waiting.list());
    }
}
