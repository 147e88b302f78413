package io.staddle.client.barrier;

import io.staddle.api.event.BarrierEvent;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.ScopeId;
import io.staddle.api.query.BarrierDetails;
import io.staddle.client.BarrierAdmin;
import io.staddle.client.EventWatcher;
import io.staddle.client.Observed;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleInterruptedException;
import io.staddle.client.Watched;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Waits for what becomes of the barriers of a scope. It watches the scope from the first one that
/// it waits for, so nothing is missed, and nothing is asked for until there is something to be
/// told.
final class BarrierWait implements AutoCloseable {
    private static final Set<String> KINDS =
            Set.of("barrier_ready", "barrier_committed", "barrier_aborted");

    private final StaddleClient client;
    private final ScopeId scope;
    private final BarrierAdmin barriers;
    private final Patience patience;

    /// Who waits holds it.
    private final ReentrantLock turn = new ReentrantLock();

    private volatile @Nullable EventWatcher watcher;

    /// Guarded by the lock: of barriers up to this epoch the watch will not tell, or has told.
    private long toldEpoch;

    BarrierWait(StaddleClient client, ScopeId scope, Patience patience) {
        this.client = client;
        this.scope = scope;
        this.patience = patience;
        barriers = client.barriers();
    }

    BarrierOutcome await(BarrierId id) {
        takeTurn();
        try {
            while (true) {
                long toldIndex = awaitNews(id);
                Observed<BarrierDetails> seen = patience.answer(() -> read(id, toldIndex));
                Optional<BarrierOutcome> outcome = BarrierOutcome.of(seen.value());
                if (outcome.isPresent()) {
                    return outcome.get();
                }
                watchFor(id, seen.header().index());
            }
        } finally {
            turn.unlock();
        }
    }

    /// Ends the watch. From any thread.
    @Override
    public void close() {
        EventWatcher current = watcher;
        if (current != null) {
            current.close();
        }
    }

    /// What the watch tells is committed: then nobody need be asked whether there is more.
    private Observed<BarrierDetails> read(BarrierId id, long toldIndex) {
        return toldIndex == 0 ? barriers.barrier(id) : barriers.barrierAfter(id, toldIndex);
    }

    private void takeTurn() {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StaddleInterruptedException("interrupted while another thread waited");
        }
    }

    /// It is open at that index, so all before it are decided, and all that comes is after it.
    private void watchFor(BarrierId id, long index) {
        close();
        watcher = ScopeNews.watch(client, scope, KINDS, index);
        toldEpoch = id.epoch() - 1;
    }

    /// Returns when the barrier is to be read: the watch has told of it, cannot, or is over.
    ///
    /// @return the index of the last entry that it told of meanwhile; 0 if of none
    private long awaitNews(BarrierId id) {
        EventWatcher current = watcher;
        boolean isSound = false;
        long toldIndex = 0;
        try {
            while (current != null && toldEpoch < id.epoch() && current.hasNext()) {
                if (current.next() instanceof Watched.Change change) {
                    toldIndex = change.revision().index();
                    note(change);
                }
            }
            isSound = current == null || !current.isOver();
            return toldIndex;
        } finally {
            if (!isSound) {
                close();
                watcher = null;
            }
        }
    }

    private void note(Watched.Change change) {
        change.events().stream()
                .filter(BarrierEvent.OfBarrier.class::isInstance)
                .mapToLong(event -> ((BarrierEvent.OfBarrier) event).barrier().id().epoch())
                .forEach(epoch -> toldEpoch = Math.max(toldEpoch, epoch));
    }
}
