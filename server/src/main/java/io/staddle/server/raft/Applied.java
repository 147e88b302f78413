package io.staddle.server.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/// Lets readers wait until an entry has been applied here.
final class Applied {
    private final LongSupplier index;
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();

    /// Who waits for which entry.
    private record Waiter(long index, CompletableFuture<Void> future)
            implements Comparable<Waiter> {
        @Override
        public int compareTo(Waiter other) {
            return Long.compare(index, other.index);
        }
    }

    /// Reads how far this server is from `index`.
    Applied(LongSupplier index) {
        this.index = index;
    }

    /// Completes once `wanted` has been applied. It does not time out: whoever waits does.
    CompletableFuture<Void> reach(long wanted) {
        if (index.getAsLong() >= wanted) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        synchronized (waiters) {
            waiters.add(new Waiter(wanted, future));
        }
        // It may have been applied before it was waited for.
        advanced();
        return future;
    }

    /// To be called after entries were applied.
    void advanced() {
        List<CompletableFuture<Void>> due = new ArrayList<>();
        synchronized (waiters) {
            long applied = index.getAsLong();
            while (!waiters.isEmpty() && waiters.peek().index() <= applied) {
                due.add(waiters.remove().future());
            }
        }
        due.forEach(future -> future.complete(null));
    }
}
