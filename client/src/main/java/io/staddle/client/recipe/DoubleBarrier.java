package io.staddle.client.recipe;

import io.staddle.api.id.CheckpointId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.BarrierStatus;
import io.staddle.api.model.Vote;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleClosedException;
import io.staddle.client.StaddleException;
import io.staddle.client.StaddleInterruptedException;
import io.staddle.client.barrier.BarrierCoordinator;
import io.staddle.client.barrier.BarrierHandler;
import io.staddle.client.barrier.BarrierOutcome;
import io.staddle.client.barrier.BarrierParticipant;
import io.staddle.client.barrier.Coordination;
import io.staddle.client.barrier.Membership;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Lets known members begin something together, and end it together: nobody goes on from [#enter]
/// before all have come there, nor from [#leave].
///
/// Each way in or out is a barrier of the scope: a member votes when it has come, and all go on
/// when it is committed. Whichever member holds the scope's token coordinates, and another one when
/// that one dies.
public final class DoubleBarrier implements AutoCloseable {
    private static final long LIFE = 1;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 250;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final StaddleClient client;
    private final Gathering gathering;
    private final BarrierParticipant participant;
    private final Thread coordinating;

    // Guarded by this.
    private long come;
    private long passed;
    private boolean closed;

    private DoubleBarrier(StaddleClient client, Gathering gathering) {
        this.client = client;
        this.gathering = gathering;
        Membership self =
                new Membership(
                        gathering.scope(), gathering.self(), LIFE, Membership.NOTHING_MISSED);
        participant = BarrierParticipant.start(client, self, new Gate());
        coordinating = Thread.ofVirtual().name("double-barrier").start(this::coordinate);
    }

    /// Makes a member ready to meet the others. All have to begin anew if one of them does.
    public static DoubleBarrier join(StaddleClient client, Gathering gathering) {
        return new DoubleBarrier(client, gathering);
    }

    /// Waits until all members have come here.
    ///
    /// @throws TimeoutException if they have not; it may be that others went on all the same, so
    ///     what is left is to close it
    public void enter(Duration timeout) throws InterruptedException, TimeoutException {
        meet(timeout);
    }

    /// Waits until all members are done.
    ///
    /// @throws TimeoutException as [#enter] does
    public void leave(Duration timeout) throws InterruptedException, TimeoutException {
        meet(timeout);
    }

    /// Takes part no more. Nobody passes without it.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        coordinating.interrupt();
        participant.close();
    }

    private synchronized void meet(Duration timeout) throws InterruptedException, TimeoutException {
        long place = passed + 1;
        come = place;
        notifyAll();
        long end = System.nanoTime() + timeout.toNanos();
        while (passed < place) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || closed) {
                throw new TimeoutException(
                        "members of " + gathering.scope() + " have not come in " + timeout);
            }
            wait(left);
        }
    }

    /// Votes when this member has come.
    private final class Gate implements BarrierHandler {
        @Override
        public Vote prepare(BarrierRecord barrier) {
            synchronized (DoubleBarrier.this) {
                try {
                    while (come == passed && !closed) {
                        DoubleBarrier.this.wait();
                    }
                } catch (InterruptedException stop) {
                    return new Vote.Failed("STOPPED", "the member stops");
                }
                return closed
                        ? new Vote.Failed("CLOSED", "the member takes part no more")
                        : new Vote.Prepared(OptionalLong.empty());
            }
        }

        @Override
        public void committed(BarrierRecord barrier) {
            synchronized (DoubleBarrier.this) {
                passed++;
                DoubleBarrier.this.notifyAll();
            }
        }

        @Override
        public void aborted(BarrierRecord barrier) {
            // Whoever has come stays; there is another one.
        }
    }

    /// Takes barriers one after the other while it may.
    private void coordinate() {
        while (!isClosed()) {
            Coordination self = new Coordination(gathering.scope(), gathering.self(), LIFE, LEASE);
            try (BarrierCoordinator coordinator = BarrierCoordinator.acquire(client, self)) {
                coordinator.inDoubt().ifPresent(open -> finish(coordinator, open.barrier()));
                while (!isClosed()) {
                    finish(coordinator, begin(coordinator));
                }
            } catch (StaddleClosedException | StaddleInterruptedException ended) {
                return;
            } catch (StaddleException anotherOne) {
                rest();
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private BarrierRecord begin(BarrierCoordinator coordinator) {
        Map<NodeId, Long> members =
                gathering.members().stream().collect(Collectors.toMap(each -> each, each -> LIFE));
        CheckpointId name = new CheckpointId(UUID.randomUUID().toString());
        return coordinator.begin(name, members, LONGEST);
    }

    private static void finish(BarrierCoordinator coordinator, BarrierRecord open) {
        boolean isReady = open.status() == BarrierStatus.READY;
        if (isReady || coordinator.await(open.id()) instanceof BarrierOutcome.Reached) {
            coordinator.commit(open.id());
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }
}
