package io.staddle.bench;

import io.staddle.api.id.NodeId;
import io.staddle.api.model.VShardRecord;
import io.staddle.client.RoutingCache;
import io.staddle.client.StaddleClient;
import io.staddle.client.WrongOwnerException;
import io.staddle.client.migration.Serving;
import io.staddle.dataplane.ratis.WriteOutcome;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Writes to one vShard at a steady rate, each write when it is due: one that waits does not let
/// others begin later. Each writer numbers its writes, and repeats one until it is acknowledged.
final class SteadyWriters implements AutoCloseable {
    static final int A_SECOND = 1_000;
    private static final int WRITERS = 200;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(WRITERS) / A_SECOND;
    private static final String KEY = "any";

    private final DataNodes nodes;
    private final RoutingCache routing;
    private final List<Thread> threads = new ArrayList<>();
    private final long[] acknowledged = new long[WRITERS];
    private final AtomicLong longestMicros = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private volatile boolean stopping;

    SteadyWriters(DataNodes nodes, StaddleClient client) {
        this.nodes = nodes;
        routing = client.routingCache();
        routing.refresh();
        long begin = System.nanoTime();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            long first = begin + i * PERIOD_NANOS / WRITERS;
            threads.add(Thread.ofVirtual().start(() -> write(writer, first)));
        }
    }

    /// Returns the longest that a write has waited since this was asked last, from when it was due.
    long longestWaitMicros() {
        return longestMicros.getAndSet(0);
    }

    void stop() {
        stopping = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    /// Compares what was acknowledged with what each replica holds, once it has all.
    String account() {
        long total = 0;
        for (long each : acknowledged) {
            total += each;
        }
        long lost = 0;
        long twice = 0;
        for (var name : DataNodes.NAMES) {
            lost = Math.max(lost, missing(name));
            twice =
                    Math.max(
                            twice,
                            nodes.at(name)
                                    .read(
                                            DataNodes.GROUP,
                                            store -> ((DataNodes.Counts) store).repeated())
                                    .orElse(0L));
        }
        return "%,d writes acknowledged, %d lost; %d repeated, each counts once (%d unknown)"
                .formatted(total, lost, twice, unknown.get());
    }

    private long missing(NodeId name) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long lost = missingNow(name);
        while (lost > 0 && System.nanoTime() - end < 0) {
            Deployment.sleepMillis(50);
            lost = missingNow(name);
        }
        return lost;
    }

    private long missingNow(NodeId name) {
        return nodes.at(name)
                .read(
                        DataNodes.GROUP,
                        store -> {
                            DataNodes.Counts counts = (DataNodes.Counts) store;
                            long missing = counts.gaps();
                            for (int i = 0; i < WRITERS; i++) {
                                missing += Math.abs(acknowledged[i] - counts.last(i));
                            }
                            return missing;
                        })
                .orElse(0L);
    }

    private void write(int writer, long first) {
        long due = first;
        for (long number = 1; !stopping; number++) {
            sleep(due - System.nanoTime());
            while (!isWritten(writer, number)) {
                sleep(TimeUnit.MILLISECONDS.toNanos(5));
            }
            acknowledged[writer] = number;
            longestMicros.accumulateAndGet((System.nanoTime() - due) / 1_000, Math::max);
            due += PERIOD_NANOS;
        }
    }

    private boolean isWritten(int writer, long number) {
        try {
            return routing.call(KEY, at -> isWritten(at, writer, number));
        } catch (WrongOwnerException moving) {
            return false;
        }
    }

    private boolean isWritten(VShardRecord at, int writer, long number) {
        ByteBuffer payload = ByteBuffer.allocate(12).putInt(writer).putLong(number).flip();
        WriteOutcome outcome =
                nodes.at(at.leaseholder())
                        .write(
                                at.group(),
                                at.id(),
                                new Serving(at.leaseholder(), at.epoch()),
                                payload);
        return switch (outcome) {
            case WriteOutcome.Written _ -> true;
            case WriteOutcome.Paused _ -> false;
            case WriteOutcome.NotServed not -> throw new WrongOwnerException("by " + not.serving());
            case WriteOutcome.Unknown _ -> {
                unknown.incrementAndGet();
                yield false;
            }
        };
    }

    private static void sleep(long nanos) {
        if (nanos > 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
