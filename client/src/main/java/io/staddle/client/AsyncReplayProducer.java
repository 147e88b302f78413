package io.staddle.client;

import java.util.concurrent.CompletableFuture;

/// Appends the writes of one cluster to the queue of another, without waiting; see
/// [ReplayProducer].
///
/// A future is completed on the client's I/O thread or on another of its own: what depends on it
/// must not block there.
public final class AsyncReplayProducer {
    private final ReplayFeed feed;

    AsyncReplayProducer(ReplayFeed feed) {
        this.feed = feed;
    }

    /// Appends a write after all that were given before.
    ///
    /// Fails at once with [StaddleOverloadedException] if 16 MiB are waiting.
    public CompletableFuture<Result<ReplayReceipt>> append(ReplayDraft write) {
        return feed.append(write);
    }
}
