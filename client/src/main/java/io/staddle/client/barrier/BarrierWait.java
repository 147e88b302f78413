package io.staddle.client.barrier;

import io.staddle.api.event.BarrierEvent;
import io.staddle.api.event.Event;
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

    /// What the watch has told.
    ///
    /// @param index of the last entry that it told of; 0 if of none
    /// @param outcome what became of the barrier, if that was told in full
    private record News(long index, Optional<BarrierOutcome> outcome) {
        static final News NONE = new News(0, Optional.empty());
    }

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
                News news = awaitNews(id);
                if (news.outcome().isPresent()) {
                    return news.outcome().get();
                }
                Observed<BarrierDetails> seen = patience.answer(() -> read(id, news.index()));
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

    /// Returns when the watch has told of the barrier, cannot, or is over: then, if not all is
    /// told, it is to be read.
    private News awaitNews(BarrierId id) {
        EventWatcher current = watcher;
        boolean isSound = false;
        News news = News.NONE;
        try {
            while (current != null && toldEpoch < id.epoch() && current.hasNext()) {
                if (current.next() instanceof Watched.Change change) {
                    news = note(change, id);
                }
            }
            isSound = current == null || !current.isOver();
            return news;
        } finally {
            if (!isSound) {
                close();
                watcher = null;
            }
        }
    }

    private News note(Watched.Change change, BarrierId id) {
        Optional<BarrierOutcome> outcome = Optional.empty();
        for (Event event : change.events()) {
            if (event instanceof BarrierEvent.OfBarrier of) {
                toldEpoch = Math.max(toldEpoch, of.barrier().id().epoch());
                outcome = of.barrier().id().equals(id) ? reached(of) : outcome;
            }
        }
        return new News(change.revision().index(), outcome);
    }

    /// Of a decision more is asked than the event says.
    private static Optional<BarrierOutcome> reached(BarrierEvent.OfBarrier event) {
        return event instanceof BarrierEvent.BarrierReady(var barrier)
                ? Optional.of(new BarrierOutcome.Reached(barrier))
                : Optional.empty();
    }
}
