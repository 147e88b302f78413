package io.staddle.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;

/// A call without an answer.
///
/// It may be in several attempts at the same time; whoever closes it first ends it. A caller may
/// end its future at any time; the lane notices when it meets the call next.
///
/// @param <A> what answers it
/// @param <T> what the caller gets
abstract class Pending<A, T> implements Lane.Signal {
    private static final VarHandle CLOSED = closed();

    /// When the caller stops waiting, on the clock of [System#nanoTime].
    final long deadlineNanos;

    final CompletableFuture<T> future = new CompletableFuture<>();

    /// How many servers may have taken it, without an answer that says so or not. Only the lane
    /// touches it.
    int doubts;

    /// In how many requests it was. Only the lane touches it, until the call has ended.
    int attempts;

    /// Its span. Set before the call is handed on.
    CallSpan span = CallSpan.NONE;

    private volatile boolean closed;

    Pending(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /// What it asks for, such as `acquire`; for whoever traces it.
    abstract String what();

    /// Whether it only says that somebody lives.
    boolean isBeat() {
        return false;
    }

    /// The size of its request on the wire, in bytes.
    abstract int bytes();

    /// Returns what the caller gets.
    ///
    /// @throws StaddleRefusedException if that is what it says
    /// @throws RuntimeException if this version does not understand the answer
    abstract T read(A answer);

    /// Ends it at its deadline.
    ///
    /// @param why how it failed last on each endpoint, and whether a server is still at it
    abstract void expire(Failures why, boolean underWay);

    /// Returns true to the one caller that may end it.
    final boolean close() {
        return CLOSED.compareAndSet(this, false, true);
    }

    final boolean isClosed() {
        return closed;
    }

    /// Whether nobody waits for it any more.
    final boolean isSettled() {
        return closed || future.isDone();
    }

    /// Whether a server may have taken it, and the answer be lost.
    final boolean isInDoubt() {
        return doubts > 0;
    }

    final boolean isDue(long now) {
        return now - deadlineNanos >= 0;
    }

    /// Gives the answer to the caller; call it only after [#close].
    final void complete(A answer) {
        T value;
        try {
            value = read(answer);
        } catch (StaddleRefusedException | StaddleForbiddenException told) {
            future.completeExceptionally(told);
            return;
        } catch (RuntimeException unknownAnswer) {
            future.completeExceptionally(StaddleProtocolException.notUnderstood(unknownAnswer));
            return;
        }
        future.complete(value);
    }

    private static VarHandle closed() {
        try {
            return MethodHandles.lookup().findVarHandle(Pending.class, "closed", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
