package io.staddle.bench;

import io.staddle.api.model.Ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;

/// How long there is no service when servers restart, die or hang.
final class Faults {
    private static final int RUNS = 10;
    private static final int OUTSTANDING = 64;
    private static final int CHECKED = 20_000;

    private final Bench bench;
    private final Deployment servers;

    Faults(Bench bench) {
        this.bench = bench;
        this.servers = bench.servers();
    }

    /// Restarts one server after the other, and all three, after an orderly stop and after kill -9.
    void restarts() {
        bench.say("one restarted until it is ready, orderly: " + eachRestarted(servers::stop));
        bench.say("one restarted until it is ready, killed: " + eachRestarted(servers::kill));
        bench.sizes("after that");
        bench.say("all restarted to the first write, orderly: " + restarts(servers::stopAll));
        bench.say("all restarted to the first write, killed: " + restarts(servers::killAll));
    }

    /// Kills and hangs the leader under load.
    void measure() {
        bench.say("leader killed, longest gap: " + gaps(this::killLeader));
        bench.say("leader hung, longest gap: " + gaps(this::hangLeader));
        checkNothingIsLost();
    }

    private String restarts(Runnable stop) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < bench.options().segments(); i++) {
            stop.run();
            long start = System.nanoTime();
            servers.startAll();
            awaitWrite();
            millis.add((System.nanoTime() - start) / 1e6);
            servers.leader(bench.client());
            Deployment.sleepMillis(500);
        }
        return Stats.range(millis, "ms");
    }

    /// From the start of the process, while the two others serve; ready is what `/readyz` says.
    private String eachRestarted(IntConsumer stop) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < bench.options().segments() * Deployment.SERVERS; i++) {
            int n = 1 + i % Deployment.SERVERS;
            stop.accept(n);
            servers.leader(bench.client());
            long start = System.nanoTime();
            servers.start(n);
            servers.awaitReady(n);
            millis.add((System.nanoTime() - start) / 1e6);
            Deployment.sleepMillis(500);
        }
        return Stats.range(millis, "ms");
    }

    private void awaitWrite() {
        boolean done = false;
        while (!done) {
            try {
                done = bench.operations().acquire().join();
            } catch (CompletionException down) {
                Deployment.sleepMillis(5);
            }
        }
    }

    private String gaps(Runnable fault) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            servers.leader(bench.client());
            Load load = Load.start(bench.operations()::promote, OUTSTANDING);
            Deployment.sleepMillis(1_500);
            load.reset();
            fault.run();
            millis.add(load.longestGapMillis());
            load.stop();
            // Whoever came back has to catch up first.
            Deployment.sleepMillis(2_000);
        }
        return Stats.range(millis, "ms");
    }

    private void killLeader() {
        int leader = servers.leader(bench.client());
        servers.kill(leader);
        Deployment.sleepMillis(4_000);
        servers.start(leader);
    }

    private void hangLeader() {
        int leader = servers.leader(bench.client());
        servers.signal(leader, "STOP");
        Deployment.sleepMillis(4_000);
        servers.signal(leader, "CONT");
    }

    /// Whatever was acknowledged must be there: at least the epoch that was told.
    private void checkNothingIsLost() {
        int lost = 0;
        Grains grains = bench.grains();
        for (int i = 0; i < Math.min(CHECKED, grains.count()); i++) {
            Ownership now = bench.client().grains().lookup(grains.id(i));
            lost += now.epoch().compareTo(grains.epoch(i)) < 0 ? 1 : 0;
        }
        bench.say("acknowledged and lost: " + lost + " of " + CHECKED + " grains");
    }
}
