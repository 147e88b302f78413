package io.staddle.client;

import io.staddle.api.id.ClusterId;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Appends the writes of one cluster to the queue of another, in order, each once.
///
/// It numbers the writes, repeats what was not answered, and sends what has gathered together. When
/// the queue is full it tries again until the deadline, less at a time, and then says so. A write
/// waits at most the deadline for its turn, and as long for its answer.
///
/// *One at a time.* For a queue and an origin there may be one producer. Whoever begins asks the
/// queue for the highest number that it has seen, declares a random number above it to be the last
/// one that was ever sent, and goes on from there: so nothing that its predecessor sent, and that
/// is still on its way, can take the place of its own writes. A predecessor that lives on finds
/// itself superseded: its writes come to nothing, and it says so. A write whose outcome the
/// predecessor did not learn is in the queue or not; whoever must know keeps numbers of its own,
/// and gives them to [ReplayQueues#append].
public final class ReplayProducer {
    private final Calls calls;
    private final ReplayFeed feed;

    ReplayProducer(Calls calls, ClusterId target, ClusterId origin) {
        this.calls = calls;
        this.feed = new ReplayFeed(calls, target, origin);
    }

    /// Returns the same producer, without waiting.
    public AsyncReplayProducer async() {
        return new AsyncReplayProducer(feed);
    }

    /// Appends a write after all that were given before.
    ///
    /// Done means that it is in the queue; refused, that it is not: with `BUFFER_FULL`,
    /// `TOO_LARGE`, `CLUSTER_FENCED` if the origin has failed, or `NOT_FOUND`. Unknown is it if no
    /// answer came before the deadline, or another producer has begun; a producer does not send it
    /// again.
    ///
    /// @throws StaddleUnavailableException if it was surely not appended
    /// @throws StaddleSupersededException if another producer has begun
    public Result<ReplayReceipt> append(ReplayDraft write) {
        return appendAll(List.of(write)).getFirst();
    }

    /// Appends writes in their order; they are not all or nothing. The first that has neither
    /// result throws, as in [#append].
    ///
    /// @return as many results as writes
    public List<Result<ReplayReceipt>> appendAll(List<ReplayDraft> writes) {
        List<CompletableFuture<Result<ReplayReceipt>>> sent = new ArrayList<>(writes.size());
        for (ReplayDraft write : writes) {
            calls.requireMayWait();
            sent.add(feed.appendWhenThereIsRoom(write));
        }
        return sent.stream().map(calls::await).toList();
    }
}
