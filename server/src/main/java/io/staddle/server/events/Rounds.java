package io.staddle.server.events;

import io.staddle.server.raft.Quorum;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Asks a majority once for all who want to be sure while the round before is under way: after the
/// loss of a server thousands of watchers come at once.
final class Rounds {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Quorum quorum;

    // Guarded by this.
    private CompletableFuture<Void> next = new CompletableFuture<>();
    private boolean wanted;
    private boolean underWay;
    private long startedNanos;

    Rounds(Quorum quorum) {
        this.quorum = quorum;
    }

    /// Completes as [Quorum#linearize] does.
    CompletableFuture<Void> join() {
        CompletableFuture<Void> mine;
        synchronized (this) {
            mine = next;
            wanted = true;
        }
        startIfWanted();
        return mine;
    }

    private void startIfWanted() {
        CompletableFuture<Void> round;
        synchronized (this) {
            long now = System.nanoTime();
            if (!wanted || (underWay && now - startedNanos < PATIENCE_NANOS)) {
                return;
            }
            round = next;
            next = new CompletableFuture<>();
            wanted = false;
            underWay = true;
            startedNanos = now;
        }
        try {
            var _ = quorum.linearize().whenComplete((_, failure) -> finished(round, failure));
        } catch (RuntimeException failure) {
            finished(round, failure);
        }
    }

    private void finished(CompletableFuture<Void> round, @Nullable Throwable failure) {
        synchronized (this) {
            underWay = false;
        }
        if (failure == null) {
            round.complete(null);
        } else {
            round.completeExceptionally(failure);
        }
        startIfWanted();
    }
}
