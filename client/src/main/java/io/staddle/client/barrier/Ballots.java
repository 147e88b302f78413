package io.staddle.client.barrier;

import io.staddle.api.command.BarrierCommand.AckBarrier;
import io.staddle.api.model.BarrierRecord;
import io.staddle.client.Result;
import io.staddle.client.StaddleInterruptedException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The votes of the participants of one process. Those that are cast at about the same time travel
/// together, and so share an entry of the log: a barrier of many is decided after a few entries.
///
/// Whoever votes first waits a moment for the others, and sends for all.
final class Ballots {
    /// What a vote waits at most for those that are not ready: less than an entry takes.
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static final int TOGETHER_MAX = 256;

    private final Function<List<AckBarrier>, List<Result<BarrierRecord>>> send;
    private final Duration moment;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition complete = lock.newCondition();

    // Guarded by the lock.
    private List<Ballot> cast = new ArrayList<>();
    private boolean gathering;
    private int wanted;

    private record Ballot(AckBarrier vote, CompletableFuture<Result<BarrierRecord>> result) {}

    /// @param send sends votes and returns what became of each, in order
    Ballots(Function<List<AckBarrier>, List<Result<BarrierRecord>>> send) {
        this(send, MOMENT);
    }

    Ballots(Function<List<AckBarrier>, List<Result<BarrierRecord>>> send, Duration moment) {
        this.send = send;
        this.moment = moment;
    }

    /// Casts a vote, and waits for what becomes of it. It throws what the client throws.
    ///
    /// @param company how many participants this process has
    Result<BarrierRecord> cast(AckBarrier vote, int company) {
        Ballot mine = new Ballot(vote, new CompletableFuture<>());
        List<Ballot> together = gather(mine, Math.min(company, TOGETHER_MAX));
        if (!together.isEmpty()) {
            sendAll(together);
        }
        return resultOf(mine);
    }

    /// Returns those that are to be sent by this thread; none if another one does.
    private List<Ballot> gather(Ballot mine, int company) {
        lock.lock();
        try {
            cast.add(mine);
            if (gathering) {
                if (cast.size() >= wanted) {
                    complete.signal();
                }
                return List.of();
            }
            gathering = true;
            wanted = company;
            awaitOthers();
            List<Ballot> all = cast;
            cast = new ArrayList<>();
            gathering = false;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// An interruption ends the wait, not the others' votes.
    private void awaitOthers() {
        long left = moment.toNanos();
        try {
            while (cast.size() < wanted && left > 0) {
                left = complete.awaitNanos(left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendAll(List<Ballot> together) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            List<Result<BarrierRecord>> results =
                    send.apply(together.stream().map(Ballot::vote).toList());
            for (int i = 0; i < together.size(); i++) {
                together.get(i).result().complete(results.get(i));
            }
        } catch (RuntimeException | Error why) {
            together.forEach(each -> each.result().completeExceptionally(why));
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Result<BarrierRecord> resultOf(Ballot mine) {
        try {
            return mine.result().get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StaddleInterruptedException("interrupted while waiting for an answer");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
