package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.command.Takeover;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;
import io.staddle.api.query.FenceCheck;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Who owns what, since which epoch, without waiting.
///
/// A future is completed on the client's only I/O thread: what depends on it must not block there;
/// use the `…Async` methods of [CompletableFuture] for that. A call that finds the client full
/// fails at once with [StaddleOverloadedException]. To cancel a future gives up its answer; what
/// was sent may still be carried out.
public final class AsyncGrainDirectory {
    private final Calls calls;

    AsyncGrainDirectory(Calls calls) {
        this.calls = calls;
    }

    /// Makes `cluster` the owner of a grain that nobody owns, without a lease.
    ///
    /// Refused with `OWNED_BY_OTHER` if somebody else owns it; done if `cluster` does.
    public CompletableFuture<Result<Answer.Grant>> acquire(GrainId grain, ClusterId cluster) {
        return calls.grant(new DirectoryCommand.Acquire(grain, cluster, 0));
    }

    /// Makes `cluster` the owner of a grain that nobody owns, until the lease ends.
    ///
    /// @param lease counted from the commit, in whole milliseconds; zero for none
    public CompletableFuture<Result<Answer.Grant>> acquire(
            GrainId grain, ClusterId cluster, Duration lease) {
        return calls.grant(new DirectoryCommand.Acquire(grain, cluster, lease.toMillis()));
    }

    /// Makes `cluster` the owner at an epoch of the caller's choice; the first claim of it wins.
    ///
    /// Refused with `STALE_EPOCH` unless `epoch` is above the current one, with `OWNER_ALIVE` if
    /// another owner lives, with `EPOCH_JUMP` if it is too far above.
    ///
    /// @param epoch 1 or more
    public CompletableFuture<Result<Answer.Grant>> claim(
            GrainId grain, ClusterId cluster, Epoch epoch) {
        return calls.grant(new DirectoryCommand.Claim(grain, cluster, epoch));
    }

    /// Moves a grain to `to`, if it is still owned as `seen`.
    ///
    /// Refused with `CAS_CONFLICT` otherwise, and with `OWNER_ALIVE` unless `takeover` allows it.
    ///
    /// @param seen the owner and the epoch last seen; of a stranded grain the cluster that failed
    public CompletableFuture<Result<Answer.Grant>> promote(
            Held seen, ClusterId to, Takeover takeover) {
        return calls.grant(
                new DirectoryCommand.Promote(
                        seen.grain(), to, seen.holder(), seen.epoch(), takeover));
    }

    /// Lets go of a grain. Refused with `NOT_OWNER` or `STALE_EPOCH` unless it is held so.
    public CompletableFuture<Result<Answer.Released>> release(Held held) {
        return calls.command(
                new DirectoryCommand.Release(held.grain(), held.holder(), held.epoch()),
                Answer.Released.class::cast);
    }

    /// Puts off the end of a lease.
    ///
    /// @param lease counted from the commit, in whole milliseconds; zero ends the lease and leaves
    ///     the grain owned
    public CompletableFuture<Result<Answer.Grant>> renew(Held held, Duration lease) {
        return calls.grant(
                new DirectoryCommand.Renew(
                        held.grain(), held.holder(), held.epoch(), lease.toMillis()));
    }

    /// Gives a grain to a cluster, whoever owns it: an operator's command.
    ///
    /// @param seen the epoch last seen; [Epoch#NONE] for a grain never owned
    public CompletableFuture<Result<Answer.Grant>> reassign(
            GrainId grain, ClusterId to, Epoch seen) {
        return calls.grant(new DirectoryCommand.Reassign(grain, to, seen));
    }

    /// Records an owner and its epoch for a grain that the directory does not know.
    ///
    /// @param epoch 1 or more
    public CompletableFuture<Result<Answer.Grant>> importGrain(
            GrainId grain, ClusterId owner, Epoch epoch) {
        return calls.grant(new DirectoryCommand.Import(grain, owner, epoch));
    }

    /// Carries out commands that do not depend on each other.
    ///
    /// They are sent in batches, a bounded number at a time, however many they are; in which order
    /// they are decided is not promised. A command that no server took before its deadline is
    /// [Result.Unknown] here. The deadline of each counts from the moment it is sent.
    ///
    /// @return as many results as commands, in their order
    public CompletableFuture<List<Result<Answer>>> carryOut(
            List<? extends DirectoryCommand> commands) {
        return calls.bulk(commands);
    }

    /// Tells who owns a grain, linearizably.
    public CompletableFuture<Ownership> lookup(GrainId grain) {
        return calls.lookup(grain);
    }

    /// Tells who owns a grain, as fresh as asked for, and which state that is.
    public CompletableFuture<Observed<Ownership>> lookup(GrainId grain, Consistency consistency) {
        return calls.observe(grain, consistency);
    }

    /// Tells who owns each grain, as many answers as grains and in their order. Each answer is as
    /// fresh as asked for; they need not show one state.
    public CompletableFuture<List<Observed<Ownership>>> lookupAll(
            List<GrainId> grains, Consistency consistency) {
        return calls.bulkLookup(grains, consistency);
    }

    /// Checks whether the holder owned the grain in that epoch at some moment during the call. It
    /// is always linearizable.
    public CompletableFuture<FenceCheck> checkFence(Held held) {
        return calls.checkFence(held);
    }
}
