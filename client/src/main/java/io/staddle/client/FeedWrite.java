package io.staddle.client;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.WriteId;
import io.staddle.api.model.ReplayWrite;
import io.staddle.api.model.WriteFate;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A write that a [ReplayFeed] holds.
final class FeedWrite {
    private static final int OVERHEAD_BYTES = 128;

    final CompletableFuture<Result<ReplayReceipt>> future = new CompletableFuture<>();

    /// Why it was not appended the last time. Confined to the feed, as is its number.
    Optional<Result.Refused<?>> lastRefusal = Optional.empty();

    private final ReplayDraft draft;
    private final long deadlineNanos;
    private long seq;

    FeedWrite(ReplayDraft draft, long deadlineNanos) {
        this.draft = draft;
        this.deadlineNanos = deadlineNanos;
    }

    /// What it takes of the memory that a feed may use.
    int bytes() {
        return draft.key().bytes() + draft.value().size() + OVERHEAD_BYTES;
    }

    boolean hasNumber() {
        return seq != 0;
    }

    void number(long next) {
        seq = next;
    }

    /// Whether it need not be sent any more: nobody waits for it, or it has waited too long.
    boolean isOver(long now) {
        return now - deadlineNanos >= 0 || (future.isDone() && !hasNumber());
    }

    ReplayWrite numbered(ClusterId origin) {
        return new ReplayWrite(new WriteId(origin, seq), draft.key(), draft.value());
    }

    void appended(Result.Done<?> done, ClusterId origin, WriteFate fate) {
        ReplayReceipt receipt = new ReplayReceipt(new WriteId(origin, seq), fate);
        future.complete(new Result.Done<>(done.revision(), receipt));
    }

    void refuse(Result.Refused<?> refused) {
        future.complete(new Result.Refused<>(refused.revision(), refused.why()));
    }

    void unknown(String why) {
        future.complete(new Result.Unknown<>(why));
    }

    void fail(StaddleException why) {
        future.completeExceptionally(why);
    }

    /// Returns what a call failed with.
    static StaddleException cause(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof StaddleException why
                ? why
                : new StaddleProtocolException("a call failed: " + cause);
    }
}
