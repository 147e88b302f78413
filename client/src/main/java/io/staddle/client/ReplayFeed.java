package io.staddle.client;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.ReplayCommand.Append;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Revision;
import io.staddle.api.model.ReplayOrigin;
import io.staddle.api.model.WriteFate;
import io.staddle.api.refusal.Refusal;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What a [ReplayProducer] does: one append at a time, with whatever has gathered meanwhile.
///
/// An actor without a thread, as [Lane] is: callers, answers and pauses put signals into the inbox,
/// and whoever finds nobody at work works until it is empty.
///
/// A write gets its number when it is first sent, and keeps it: sent again it is the same write.
/// After an append that was not answered with *done*, its numbers are never used again: the feed
/// *opens* anew, which settles them.
final class ReplayFeed {
    private static final int ROOM_BYTES = 16 << 20;
    private static final long BATCH_BYTES_MAX = 1 << 20;

    /// How far above the highest number seen the first one is at least, and at most. Two producers
    /// that open at the same time begin at different numbers, so one of them will notice.
    private static final long JUMP_MIN = Append.WRITES_MAX;

    private static final long JUMP_MAX = 500_000;

    private final AsyncReplayQueues queues;
    private final ClusterId target;
    private final ClusterId origin;
    private final long patienceNanos;
    private final Semaphore room = new Semaphore(ROOM_BYTES);
    private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger work = new AtomicInteger();

    // Confined to whoever works.
    private final FeedBacklog backlog = new FeedBacklog();
    private final FeedPause pause = new FeedPause();
    private boolean busy;
    private boolean open;
    private boolean superseded;
    private int batchMax = Append.WRITES_MAX;

    ReplayFeed(Calls calls, ClusterId target, ClusterId origin) {
        this.queues = new AsyncReplayQueues(calls);
        this.target = target;
        this.origin = origin;
        this.patienceNanos = calls.options().deadline().toNanos();
    }

    /// Appends a write, if there is room for it.
    CompletableFuture<Result<ReplayReceipt>> append(ReplayDraft draft) {
        FeedWrite write = new FeedWrite(draft, System.nanoTime() + patienceNanos);
        if (!room.tryAcquire(write.bytes())) {
            write.fail(new StaddleOverloadedException("all that a producer may hold is waiting"));
            return write.future;
        }
        return take(write);
    }

    /// Appends a write; waits for room until the deadline.
    CompletableFuture<Result<ReplayReceipt>> appendWhenThereIsRoom(ReplayDraft draft) {
        FeedWrite write = new FeedWrite(draft, System.nanoTime() + patienceNanos);
        try {
            if (!room.tryAcquire(write.bytes(), patienceNanos, TimeUnit.NANOSECONDS)) {
                write.fail(new StaddleUnavailableException(Map.of()));
                return write.future;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StaddleInterruptedException("interrupted while the producer was full");
        }
        return take(write);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the write's own future is what is returned
    private CompletableFuture<Result<ReplayReceipt>> take(FeedWrite write) {
        write.future.whenComplete((result, failure) -> room.release(write.bytes()));
        tell(() -> backlog.add(write));
        return write.future;
    }

    private void tell(Runnable signal) {
        inbox.offer(signal);
        if (work.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            for (Runnable each = inbox.poll(); each != null; each = inbox.poll()) {
                each.run();
            }
            step();
            missed = work.addAndGet(-missed);
        } while (missed != 0);
    }

    private void step() {
        if (superseded) {
            backlog.failAll(() -> new StaddleSupersededException(supersededWords()));
        }
        if (busy) {
            return;
        }
        open &= !backlog.dropOver(System.nanoTime());
        if (backlog.isEmpty()) {
            return;
        }
        busy = true;
        if (open || backlog.beginsWithNumber()) {
            send(backlog.take(batchMax, BATCH_BYTES_MAX, open));
        } else {
            open();
        }
    }

    /// Settles all numbers up to one above all that may be under way still, and goes on from there.
    @SuppressWarnings("FutureReturnValueIgnored") // what it becomes goes into the inbox
    private void open() {
        long last = backlog.lastSeq();
        queues.status(target)
                .thenCompose(status ->
                        queues.settle(target, origin, begin(status.origin(origin).highest(), last)))
                .whenComplete((result, failure) -> tell(() -> opened(result, failure)));
    }

    private static long begin(long highestSeen, long last) {
        long behind = Math.max(0, last - highestSeen);
        return highestSeen
                + ThreadLocalRandom.current().nextLong(behind + JUMP_MIN, behind + JUMP_MAX);
    }

    private void opened(@Nullable Result<ReplayOrigin> result, @Nullable Throwable failure) {
        busy = false;
        if (result == null) {
            failed(FeedWrite.cause(failure));
            return;
        }
        switch (result) {
            case Result.Done<ReplayOrigin> done -> {
                open = true;
                backlog.countFrom(done.value().settled());
                pause.reset();
            }
            case Result.Refused<ReplayOrigin> refused -> backlog.refuseAll(refused);
            case Result.Unknown<ReplayOrigin> unknown -> pauseAfter(Optional.empty());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it becomes goes into the inbox
    private void send(List<FeedWrite> batch) {
        queues.append(target, batch.stream().map(write -> write.numbered(origin)).toList())
                .whenComplete((result, failure) -> tell(() -> sent(batch, result, failure)));
    }

    private void sent(
            List<FeedWrite> batch,
            @Nullable Result<Answer.Appended> result,
            @Nullable Throwable failure) {
        busy = false;
        if (result == null) {
            notSent(batch, FeedWrite.cause(failure));
            return;
        }
        switch (result) {
            case Result.Done<Answer.Appended> done -> appended(batch, done);
            case Result.Refused<Answer.Appended> refused
                    when refused.why() instanceof Refusal.BufferFull ->
                    full(batch, refused);
            case Result.Refused<Answer.Appended> refused -> {
                open = false;
                batch.forEach(write -> write.refuse(refused));
            }
            case Result.Unknown<Answer.Appended> unknown -> {
                open = false;
                batch.forEach(write -> write.unknown(unknown.why()));
            }
        }
    }

    private void appended(List<FeedWrite> batch, Result.Done<Answer.Appended> done) {
        List<WriteFate> fates = done.value().fates();
        for (int i = 0; i < batch.size(); i++) {
            FeedWrite write = batch.get(i);
            if (fates.get(i) instanceof WriteFate.Settled) {
                superseded = true;
                write.unknown(supersededWords());
            } else {
                write.appended(done, origin, fates.get(i));
            }
        }
        batchMax = Math.min(2 * batchMax, Append.WRITES_MAX);
        pause.reset();
    }

    /// None of them is in the queue: less at a time may fit, and one may fit later.
    private void full(List<FeedWrite> batch, Result.Refused<Answer.Appended> refused) {
        batch.forEach(write -> write.lastRefusal = Optional.of(refused));
        backlog.putBack(batch);
        batchMax = Math.max(1, batch.size() / 2);
        if (batch.size() == 1) {
            pauseAfter(Optional.empty());
        }
    }

    private void notSent(List<FeedWrite> batch, StaddleException why) {
        if (why instanceof StaddleOverloadedException) {
            // Others have filled the client: there will be room again.
            backlog.putBack(batch);
        } else {
            open = false;
            batch.forEach(write -> write.fail(why));
        }
        failed(why);
    }

    private void failed(StaddleException why) {
        switch (why) {
            case StaddleUnavailableException same -> pauseAfter(Optional.of(why));
            case StaddleDeadlineException same -> pauseAfter(Optional.of(why));
            case StaddleOverloadedException same -> pauseAfter(Optional.of(why));
            case StaddleRefusedException refused ->
                    backlog.refuseAll(new Result.Refused<>(Revision.NONE, refused.why()));
            case StaddleException other -> backlog.failAll(() -> other);
        }
    }

    private void pauseAfter(Optional<StaddleException> why) {
        why.ifPresent(backlog::failedLast);
        busy = true;
        pause.then(() -> tell(() -> busy = false));
    }

    private String supersededWords() {
        return "another producer has begun for the queue of " + target + " and origin " + origin;
    }
}
