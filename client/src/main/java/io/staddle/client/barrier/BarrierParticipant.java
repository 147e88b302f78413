package io.staddle.client.barrier;

import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.util.concurrent.CompletableFuture;

/// Takes part in the barriers of a scope: prepares, votes, and puts decisions into effect, by a
/// [BarrierHandler], until it is closed.
///
/// It is told what happens (nothing is asked for again and again), goes on by itself with another
/// server or under another leader, and repeats a vote that was not answered. When it begins it is
/// first told the decisions that it has missed, oldest first. One process may be many participants:
/// with one [ScopeNews] for all.
public final class BarrierParticipant implements AutoCloseable {
    private final ParticipantRun run;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;

    private BarrierParticipant(ParticipantRun run) {
        this.run = run;
        thread = Thread.ofVirtual().name("barrier-participant").start(this::run);
    }

    /// Begins to take part, on a virtual thread of its own.
    public static BarrierParticipant start(
            StaddleClient client, Membership membership, BarrierHandler handler) {
        return start(ScopeNews.of(client, membership.scope()), membership, handler);
    }

    /// Begins to take part with others of this process, which share one watch: a decision comes to
    /// the process once. Otherwise as the other `start`.
    ///
    /// @throws IllegalArgumentException if the news are of another scope
    public static BarrierParticipant start(
            ScopeNews news, Membership membership, BarrierHandler handler) {
        if (!news.scope().equals(membership.scope())) {
            throw new IllegalArgumentException(
                    "a participant of scope %s cannot follow news of scope %s"
                            .formatted(membership.scope(), news.scope()));
        }
        return new BarrierParticipant(new ParticipantRun(news, membership, handler));
    }

    /// Completed when it has ended: normally after [#close], else with why it cannot go on. A
    /// [io.staddle.client.StaddleRefusedException] with `STALE_INCARNATION` says that a later life
    /// of the node takes part.
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /// Ends it, and waits until the handler has returned, unless the handler itself calls it, and a
    /// call under way has ended. A barrier that is open stays so: its deadline ends it.
    @Override
    public void close() {
        run.close();
        if (Thread.currentThread().threadId() == thread.threadId()) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            run.run();
            ended.complete(null);
        } catch (StaddleException why) {
            if (run.isClosed()) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(why);
            }
        } catch (RuntimeException | Error why) {
            ended.completeExceptionally(why);
        }
    }
}
