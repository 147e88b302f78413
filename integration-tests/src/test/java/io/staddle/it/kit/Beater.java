package io.staddle.it.kit;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.client.BeatReply;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// A cluster that beats until it is closed, and obeys each fence that it is told of.
public final class Beater implements AutoCloseable {
    /// The life that it says it lives. An agent that takes turns with it has to say the same.
    public static final long INCARNATION = 1;

    private final ClusterId cluster;
    private final StaddleClient client;
    private final Duration interval;
    private final AtomicInteger fencedAnswers = new AtomicInteger();
    private final Thread thread;
    private volatile Fence acked = new Fence(1);
    private volatile boolean silent;
    private volatile boolean closed;

    /// Begins to beat. The client stays the caller's.
    public Beater(ClusterId cluster, StaddleClient client, Duration interval) {
        this.cluster = cluster;
        this.client = client;
        this.interval = interval;
        thread = Thread.ofVirtual().name("beats-" + cluster).start(this::run);
    }

    /// Falls silent, as a cluster that is paused, until told to go on.
    public void silent(boolean now) {
        silent = now;
    }

    /// Counts the answers that said that it is fenced.
    public int fencedAnswers() {
        return fencedAnswers.get();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                if (!silent) {
                    beat();
                }
                Thread.sleep(interval);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            BeatReply reply =
                    client.clusters().beat(cluster, INCARNATION, acked, OptionalLong.empty());
            if (reply instanceof BeatReply.Taken taken) {
                if (taken.cluster().isFenced()) {
                    fencedAnswers.incrementAndGet();
                }
                acked = taken.cluster().fence();
            }
        } catch (StaddleException unanswered) {
            // The next beat may be answered.
            Thread.onSpinWait();
        }
    }
}
