package io.staddle.client;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.model.ReplayEntry;
import io.staddle.api.query.ReplayPage;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Reads the queue of a cluster in order and hands it to a handler, each entry at least once.
///
/// It acknowledges what the handler has applied: after each page, and at least every second. If it
/// ends in between, whoever comes next begins with the first entry that was not acknowledged. An
/// entry that cannot be applied is never skipped: it stops the consumer.
///
/// It has no memory of its own, so any number may be made; but two that run at the same time for a
/// queue are both handed its entries.
public final class ReplayConsumer {
    private static final long ACK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE_MILLIS_MIN = 20;
    private static final int IDLE_DOUBLINGS_MAX = 6;

    private final ReplayQueues queues;
    private final ClusterId target;
    private final ConsumerId consumer;
    private final int pageEntries;

    ReplayConsumer(ReplayQueues queues, ClusterId target, ConsumerId consumer) {
        this(queues, target, consumer, ReplayQueues.PAGE_ENTRIES);
    }

    private ReplayConsumer(
            ReplayQueues queues, ClusterId target, ConsumerId consumer, int pageEntries) {
        this.queues = queues;
        this.target = target;
        this.consumer = consumer;
        this.pageEntries = pageEntries;
    }

    /// Returns the same consumer, which reads and acknowledges at most so many entries at a time.
    ///
    /// @param entries 1 to 10,000
    public ReplayConsumer withPagesOf(int entries) {
        return new ReplayConsumer(queues, target, consumer, entries);
    }

    /// Hands over what is in the queue until it is empty, and returns how many entries that were.
    ///
    /// @throws ReplayStoppedException if the handler failed
    /// @throws StaddleException what a call to the servers throws; what was applied may be handed
    ///     over again
    public long drain(ReplayHandler handler) {
        long applied = 0;
        long after = 0;
        while (true) {
            ReplayPage page = queues.peek(target, after, pageEntries, ReplayQueues.PAGE_BYTES);
            if (page.entries().isEmpty()) {
                return applied;
            }
            after = apply(page, handler);
            applied += page.entries().size();
        }
    }

    /// Hands over what comes, for ever. It waits while the queue is empty, and while the servers
    /// cannot be reached.
    ///
    /// @throws ReplayStoppedException if the handler failed
    /// @throws StaddleRefusedException if there is no such cluster
    /// @throws StaddleInterruptedException if the thread was interrupted
    /// @throws StaddleClosedException if the client was closed
    public void run(ReplayHandler handler) {
        int idle = 0;
        while (true) {
            boolean worked;
            try {
                worked = drain(handler) > 0;
            } catch (StaddleUnavailableException
                    | StaddleDeadlineException
                    | StaddleOverloadedException
                    | StaddleUnknownOutcomeException tryAgain) {
                worked = false;
            }
            idle = worked ? 0 : idle + 1;
            rest(idle);
        }
    }

    /// Runs on a thread of its own until it is closed.
    public ReplayRun start(ReplayHandler handler) {
        return new ReplayRun(this, handler, target);
    }

    /// Returns the last place that was applied and acknowledged.
    private long apply(ReplayPage page, ReplayHandler handler) {
        long acked = page.entries().getFirst().seq() - 1;
        long applied = acked;
        long ackedNanos = System.nanoTime();
        for (ReplayEntry entry : page.entries()) {
            try {
                handler.apply(entry);
            } catch (Exception poison) {
                throw stopped(entry, poison, acked, applied);
            }
            applied = entry.seq();
            if (System.nanoTime() - ackedNanos > ACK_NANOS) {
                acked = acknowledge(acked, applied);
                ackedNanos = System.nanoTime();
            }
        }
        return acknowledge(acked, applied);
    }

    private long acknowledge(long acked, long applied) {
        if (applied > acked) {
            queues.acknowledge(target, applied, consumer).orThrow();
        }
        return applied;
    }

    /// Acknowledges what came before; if that fails as well, it will come again.
    private ReplayStoppedException stopped(
            ReplayEntry entry, Exception poison, long acked, long applied) {
        ReplayStoppedException stopped = new ReplayStoppedException(entry, poison);
        try {
            acknowledge(acked, applied);
        } catch (StaddleException why) {
            stopped.addSuppressed(why);
        }
        if (poison instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return stopped;
    }

    private static void rest(int idle) {
        long longest = IDLE_MILLIS_MIN << Math.min(idle, IDLE_DOUBLINGS_MAX);
        try {
            Thread.sleep(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StaddleInterruptedException("interrupted while the queue was empty");
        }
    }
}
