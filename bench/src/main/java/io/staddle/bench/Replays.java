package io.staddle.bench;

import com.google.protobuf.ByteString;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.client.ReplayDraft;
import io.staddle.client.ReplayProducer;
import io.staddle.client.ReplayQueues;
import io.staddle.client.Result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Filling a replay queue to its bound, reading it, and acknowledging all of it at once.
final class Replays {
    private static final int WRITES = 100_000;
    private static final int VALUE_BYTES = 512;
    private static final int PIECE = 5_000;
    private static final ConsumerId CONSUMER = new ConsumerId("bench");

    private final Bench bench;
    private final ReplayQueues queues;

    Replays(Bench bench) {
        this.bench = bench;
        this.queues = bench.client().replay();
    }

    void measure() {
        List<Double> appends = new ArrayList<>();
        List<Double> reads = new ArrayList<>();
        List<Double> acks = new ArrayList<>();
        for (int i = 0; i <= bench.options().segments(); i++) {
            ClusterId target = new ClusterId("replay-" + i);
            bench.register(target.value());
            double append = millis(() -> append(target));
            double read = millis(() -> read(target));
            double ack =
                    millis(() -> queues.acknowledge(target, WRITES, CONSUMER).orThrow().entries());
            if (i > 0) { // the first one warms up
                appends.add(append);
                reads.add(read);
                acks.add(ack);
            }
        }
        bench.say(
                "replay queue of %,d writes of %d bytes: append %s, read %s, acknowledge all %s"
                        .formatted(
                                WRITES,
                                VALUE_BYTES,
                                Stats.range(appends, "ms"),
                                Stats.range(reads, "ms"),
                                Stats.range(acks, "ms")));
    }

    private long append(ClusterId target) {
        ReplayProducer producer = queues.producer(target, Grains.CLUSTERS[0]);
        ReplayDraft draft = ReplayDraft.of("cart/42", ByteString.copyFrom(new byte[VALUE_BYTES]));
        for (int sent = 0; sent < WRITES; sent += PIECE) {
            producer.appendAll(Collections.nCopies(PIECE, draft)).forEach(Result::orThrow);
        }
        return WRITES;
    }

    private long read(ClusterId target) {
        long after = 0;
        while (after < WRITES) {
            after = queues.peek(target, after).entries().getLast().seq();
        }
        return after;
    }

    private static double millis(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
