package io.staddle.bench;

import io.staddle.client.Endpoint;
import io.staddle.client.StaddleException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What callers notice of a rolling restart: three servers, one after the other, under load.
final class Rolling {
    private static final int OUTSTANDING = 32;
    private static final long CATCH_UP_MAX = 1_000;

    private final Bench bench;
    private final Deployment servers;

    Rolling(Bench bench) {
        this.bench = bench;
        this.servers = bench.servers();
    }

    /// Restarts all of them, as often as there are segments.
    void measure() {
        List<Double> writes = new ArrayList<>();
        List<Double> reads = new ArrayList<>();
        long calls = 0;
        long failed = 0;
        for (int round = 0; round < bench.options().segments(); round++) {
            Load writing = Load.start(bench.operations()::promote, OUTSTANDING);
            Load reading = Load.start(bench.operations()::lookup, OUTSTANDING);
            Deployment.sleepMillis(2_000);
            writing.reset();
            reading.reset();
            for (int n = 1; n <= Deployment.SERVERS; n++) {
                restart(n);
            }
            writes.add(writing.longestGapMillis());
            reads.add(reading.longestGapMillis());
            writing.stop();
            reading.stop();
            failed += writing.failed() + reading.failed();
            calls += writing.recorded().getTotalCount() + reading.recorded().getTotalCount();
        }
        bench.say("rolling restart of 3 servers, longest pause of writes: " + range(writes));
        bench.say("rolling restart of 3 servers, longest pause of reads: " + range(reads));
        bench.say("rolling restart of 3 servers: %,d calls, %d failed".formatted(calls, failed));
    }

    private static String range(List<Double> millis) {
        return Stats.range(millis, "ms");
    }

    /// Goes on when the server has caught up, as the procedure says.
    private void restart(int n) {
        servers.stop(n);
        servers.start(n);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!isBack(n)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("server " + n + " did not come back");
            }
            Deployment.sleepMillis(100);
        }
        Deployment.sleepMillis(1_000);
    }

    private boolean isBack(int n) {
        Endpoint endpoint = bench.client().servers().endpoints().get(n - 1);
        try {
            long highest =
                    servers.highest(bench.client(), description -> description.log().commitIndex());
            var described = bench.client().servers().describe(endpoint);
            return described.ready() && described.log().appliedIndex() >= highest - CATCH_UP_MAX;
        } catch (StaddleException notYet) {
            return false;
        }
    }
}
