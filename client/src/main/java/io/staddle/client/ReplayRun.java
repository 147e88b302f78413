package io.staddle.client;

import io.staddle.api.id.ClusterId;

import java.util.concurrent.CompletableFuture;

/// A [ReplayConsumer] at work on a virtual thread of its own.
public final class ReplayRun implements AutoCloseable {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;

    ReplayRun(ReplayConsumer consumer, ReplayHandler handler, ClusterId target) {
        thread =
                Thread.ofVirtual()
                        .name("replay-" + target)
                        .start(() -> {
                            try {
                                consumer.run(handler);
                            } catch (RuntimeException | Error why) {
                                end(why);
                            }
                        });
    }

    private void end(Throwable why) {
        if (closing) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(why);
        }
    }

    /// Completed when it has ended: normally if it was closed, else with what [ReplayConsumer#run]
    /// throws. Nobody goes on by itself after that.
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /// Ends it: the handler is interrupted, and what it has applied is acknowledged or comes again.
    /// Waits until the handler has returned.
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
