package io.staddle.server.raft;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Finds the index that a state must include to be up to date: Raft's read index (Ongaro, section
/// 6.4), with a round of questions of our own.
///
/// The leader notes its commit index and then asks the others for their term. If a majority,
/// itself included, is still in its term, nobody else had been elected when it asked, so nothing
/// newer was committed. Each round is asked anew, after the reads that it serves came in.
///
/// Ratis 3.3.0 has linearizable reads too, but answers without asking once its commit index has
/// been confirmed, and lets a read join a round sent before it: a leader that was paused, or cut
/// off, while another was elected shows what is out of date (`docs/adr/0003-read-index.md`).
final class ReadIndex {
    private final Seat seat;
    private final List<PeerLink> others;

    ReadIndex(Seat seat, List<PeerLink> others) {
        this.seat = seat;
        this.others = others;
    }

    /// Asks the others and returns the index; fails with [QuorumUnavailableException] unless this
    /// server leads and a majority confirms it.
    CompletableFuture<Long> confirm() {
        Seat.Leadership leadership = seat.leadership();
        if (!leadership.ready()) {
            return CompletableFuture.failedFuture(
                    new QuorumUnavailableException("this server does not lead yet, or no more"));
        }
        int needed = (others.size() + 1) / 2;
        Votes votes = new Votes(leadership, needed, others.size() - needed);
        if (needed == 0) {
            return CompletableFuture.completedFuture(leadership.commitIndex());
        }
        for (PeerLink other : others) {
            var _ = other.term().whenComplete(votes::count);
        }
        return votes.result;
    }

    /// The answers of one round.
    private static final class Votes {
        private final Seat.Leadership leadership;
        private final AtomicInteger needed;
        private final AtomicInteger spare;
        private final CompletableFuture<Long> result = new CompletableFuture<>();

        Votes(Seat.Leadership leadership, int needed, int spare) {
            this.leadership = leadership;
            this.needed = new AtomicInteger(needed);
            this.spare = new AtomicInteger(spare);
        }

        void count(@Nullable Long term, @Nullable Throwable failure) {
            if (term != null && term <= leadership.term()) {
                if (needed.decrementAndGet() == 0) {
                    result.complete(leadership.commitIndex());
                }
            } else if (spare.decrementAndGet() < 0) {
                String why = term == null ? String.valueOf(failure) : "term " + term + " has begun";
                result.completeExceptionally(
                        new QuorumUnavailableException(
                                "no majority confirmed this leader: " + why));
            }
        }
    }
}
