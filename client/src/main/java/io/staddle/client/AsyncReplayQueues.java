package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ReplayCommand;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.ReplayQueue;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.ReplayPage;
import io.staddle.api.query.ReplayStatus;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Replay queues, without waiting. See [AsyncGrainDirectory] for what holds for the futures.
public final class AsyncReplayQueues {
    private final Calls calls;

    AsyncReplayQueues(Calls calls) {
        this.calls = calls;
    }

    /// Puts writes at the end of the queue of `target`, in their order: all that are new, or none.
    ///
    /// What the queue has taken before is skipped, also if it was acknowledged since. Refused with
    /// `BUFFER_FULL`, `TOO_LARGE`, `TOO_MANY_GAPS`, `CLUSTER_FENCED` if an origin has failed, and
    /// `NOT_FOUND`. Whoever has no numbers of its own takes a [ReplayProducer].
    ///
    /// @param writes 1 to 1,000, of at most 2 MiB together
    /// @return what became of each, in their order
    public CompletableFuture<Result<Answer.Appended>> append(
            ClusterId target, List<ReplayWrite> writes) {
        return calls.command(new ReplayCommand.Append(target, writes), Answer.Appended.class::cast);
    }

    /// Says that everything up to and including `throughSeq` was applied: it is removed. Below what
    /// was acknowledged before it changes nothing; refused with `OUT_OF_RANGE` above the last
    /// entry.
    public CompletableFuture<Result<ReplayQueue>> acknowledge(
            ClusterId target, long throughSeq, ConsumerId consumer) {
        return queue(new ReplayCommand.Acknowledge(target, throughSeq, consumer));
    }

    /// Throws away everything up to and including `throughSeq`, applied or not: an operator's
    /// command. Refused with `VERSION_CONFLICT` if more was acknowledged than was seen.
    ///
    /// @param seenAckedSeq what was acknowledged when the operator looked
    /// @param reason 1 to 512 characters
    public CompletableFuture<Result<ReplayQueue>> truncate(
            ClusterId target, long throughSeq, long seenAckedSeq, String reason) {
        return queue(new ReplayCommand.Truncate(target, throughSeq, seenAckedSeq, reason));
    }

    /// Says that an origin sends no write up to and including `through` any more: what is missing
    /// there is missed no longer, and what comes yet is skipped.
    public CompletableFuture<Result<ReplayOrigin>> settle(
            ClusterId target, ClusterId origin, long through) {
        return calls.command(
                new ReplayCommand.Settle(target, origin, through),
                answer -> ((Answer.Settled) answer).origin());
    }

    /// Returns the first entries after a place, in order and without gaps, linearizably. Fails with
    /// [StaddleRefusedException] if there is no such cluster.
    ///
    /// @param afterSeq 0 for the beginning; what was acknowledged is not shown again
    /// @param limit 1 to 10,000
    /// @param maxBytes 1 to 2 MiB of keys and values; one entry is returned though it have more
    public CompletableFuture<ReplayPage> peek(
            ClusterId target, long afterSeq, int limit, int maxBytes) {
        return calls.peek(ReplayCalls.peek(target, afterSeq, limit, maxBytes));
    }

    /// Returns how the queue of a cluster stands, linearizably. Fails with
    /// [StaddleRefusedException] if there is no such cluster.
    public CompletableFuture<ReplayStatus> status(ClusterId target) {
        return calls.replayStatus(ReplayCalls.status(target.value(), Consistency.LINEARIZABLE))
                .thenApply(List::getFirst);
    }

    /// Returns how the queues stand that were ever appended to, sorted by target, linearizably.
    public CompletableFuture<List<ReplayStatus>> list() {
        return calls.replayStatus(ReplayCalls.status("", Consistency.LINEARIZABLE));
    }

    private CompletableFuture<Result<ReplayQueue>> queue(ReplayCommand command) {
        return calls.command(command, answer -> ((Answer.Queue) answer).queue());
    }
}
