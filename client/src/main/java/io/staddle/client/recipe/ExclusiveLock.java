package io.staddle.client.recipe;

import io.staddle.api.id.Token;
import io.staddle.api.refusal.Refusal;
import io.staddle.client.StaddleClient;
import io.staddle.client.barrier.BarrierCoordinator;
import io.staddle.client.barrier.Coordination;

import java.util.concurrent.CompletableFuture;

/// A lock that one process at a time holds, with a token that grows with each holder.
///
/// ```java
/// try (ExclusiveLock lock = ExclusiveLock.acquire(client, self)) {
///     store.write(row, lock.token());      // refuses a token lower than one it has seen
/// }
/// ```
///
/// It is the token of a scope of which nobody takes barriers. A process that was paused may go on
/// after its lease, and so after somebody else got the lock: only whoever checks tokens can tell.
public final class ExclusiveLock implements AutoCloseable {
    private final BarrierCoordinator holder;

    private ExclusiveLock(BarrierCoordinator holder) {
        this.holder = holder;
    }

    /// Gets the lock named by the scope, once whoever has it lets go or its lease has ended.
    /// Interrupting the thread ends the wait.
    ///
    /// @throws io.staddle.client.StaddleRefusedException if it cannot: there is a later life of
    ///     this holder, or too many scopes
    public static ExclusiveLock acquire(StaddleClient client, Coordination self) {
        return new ExclusiveLock(BarrierCoordinator.acquire(client, self));
    }

    /// Returns what to show with each write. Later holders have greater ones.
    public Token token() {
        return holder.token();
    }

    /// Tells whether nobody else can have it yet, as far as a clock of this process can tell: its
    /// lease, counted from before the last renewal that was answered was sent, is not over.
    public boolean isHeld() {
        return holder.isLeased();
    }

    /// Completed with the reason when somebody else has got it.
    public CompletableFuture<Refusal> lost() {
        return holder.lost();
    }

    /// Lets go: the next one need not wait. If the servers cannot be reached the lease ends by
    /// itself.
    @Override
    public void close() {
        holder.close();
    }
}
