package io.staddle.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// How long to wait before something that failed is tried again: longer each time, and jittered by
/// half. Confined to its owner.
///
/// What follows runs on a virtual thread, so it does not depend on the client being open.
final class FeedPause {
    private static final long SHORTEST_MILLIS = 10;
    private static final int DOUBLINGS_MAX = 6;

    private int times;

    /// Runs `next` after a pause.
    void then(Runnable next) {
        long longest = SHORTEST_MILLIS << Math.min(times++, DOUBLINGS_MAX);
        long millis = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
        Executor later =
                CompletableFuture.delayedExecutor(
                        millis, TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(task));
        later.execute(next);
    }

    void reset() {
        times = 0;
    }
}
