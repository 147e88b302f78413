package io.staddle.it.history;

import io.staddle.api.id.GrainId;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Threads that call at random, and the history of what they saw.
///
/// Some grains are fought for at a time, and are replaced by others before their history grows
/// long. Reads go to all servers, commands to the one that is believed to lead.
final class Workload {
    static final List<String> CLUSTERS = List.of("a", "b", "c");
    private static final int THREADS = 8;
    private static final int GRAINS = 6;
    private static final int OPERATIONS_PER_GRAIN = 400;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(10);

    private final TestCluster cluster;
    private final long seed;
    private final Queue<Operation> history = new ConcurrentLinkedQueue<>();
    private final Map<String, Register> seen = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private final List<Thread> threads;
    private volatile int leader;
    private volatile boolean stopping;

    Workload(TestCluster cluster, long seed) {
        this.cluster = cluster;
        this.seed = seed;
        threads =
                IntStream.range(0, THREADS)
                        .mapToObj(i -> Thread.ofPlatform().unstarted(() -> repeat(i)))
                        .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /// Stops, and reads every grain once more.
    ///
    /// @return everything that was seen
    List<Operation> stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        for (String grain : List.copyOf(seen.keySet())) {
            cluster.nodes()
                    .forEach(server -> call(server, new Call.Lookup(), GrainId.parse(grain)));
        }
        return List.copyOf(history);
    }

    int size() {
        return history.size();
    }

    private void repeat(int thread) {
        Random random = new Random(seed * THREADS + thread);
        while (!stopping) {
            GrainId grain = grain(random);
            Call call = call(grain, random);
            int server = call.isRead() ? random.nextInt(cluster.nodes().size()) : leader;
            if (!call(cluster.nodes().get(server), call, grain)) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    private GrainId grain(Random random) {
        int round = started.get() / (GRAINS * OPERATIONS_PER_GRAIN);
        return GrainId.of("fought-for", round + "-" + random.nextInt(GRAINS));
    }

    private Call call(GrainId grain, Random random) {
        Register last = seen.getOrDefault(grain.toString(), Register.NEW);
        String cluster = CLUSTERS.get(random.nextInt(CLUSTERS.size()));
        String holder = last.holder().isEmpty() ? cluster : last.holder();
        int kind = random.nextInt(100);
        if (kind < 30) {
            return new Call.Lookup();
        }
        if (kind < 50) {
            return new Call.CheckFence(holder, last.epoch());
        }
        if (kind < 65) {
            return new Call.Acquire(cluster);
        }
        if (kind < 80) {
            return new Call.Promote(cluster, holder, last.epoch());
        }
        return kind < 90
                ? new Call.Release(holder, last.epoch())
                : new Call.Reassign(cluster, last.epoch());
    }

    /// Tells whether the server answered.
    private boolean call(ServerNode server, Call call, GrainId grain) {
        String id = Integer.toString(started.incrementAndGet());
        switch (new Attempt(id, server, call, grain).make()) {
            case Attempt.End.Recorded(var operation) -> {
                history.add(operation);
                remember(operation);
                if (operation.isUnknown()) {
                    leader = (leader + 1) % cluster.nodes().size();
                }
                return !operation.isUnknown();
            }
            case Attempt.End.Nothing(var hint) -> {
                if (!call.isRead()) {
                    leader = hint.map(this::number).orElse((leader + 1) % cluster.nodes().size());
                }
                return false;
            }
        }
    }

    private void remember(Operation operation) {
        Register now =
                switch (operation.answer()) {
                    case Answer.Granted(var register) -> register;
                    case Answer.Refused(var register) -> register;
                    case Answer.Seen(var register) -> register;
                    case Answer.Checked(_, var register) -> register;
                    case Answer.Released _, Answer.Unknown _ -> Register.NEW;
                };
        if (now.epoch() > 0) {
            seen.put(operation.grain(), now);
        }
    }

    private int number(String server) {
        return IntStream.range(0, cluster.nodes().size())
                .filter(i -> cluster.nodes().get(i).id().equals(server))
                .findFirst()
                .orElse(0);
    }
}
