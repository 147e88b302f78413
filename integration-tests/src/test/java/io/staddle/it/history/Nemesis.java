package io.staddle.it.history;

import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.staddle.api.v1.TransferLeadershipRequest;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Does harm to a cluster, one fault after another, in an order that the seed gives.
final class Nemesis {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestCluster cluster;
    private final Random random;
    private final Pace pace;
    private final List<String> done = new ArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    /// How fast it does harm.
    ///
    /// @param calm how long all is well between two faults
    /// @param pauseMax the longest that a process stands still
    record Pace(Duration calm, Duration pauseMax) {}

    /// What it does.
    private enum Fault {
        KILL_LEADER,
        PAUSE_LEADER,
        KILL_ALL,
        TRANSFER_LEADERSHIP,
        KILL_FOLLOWER,
        PAUSE_FOLLOWER
    }

    Nemesis(TestCluster cluster, long seed, Pace pace) {
        this.cluster = cluster;
        this.random = new Random(seed);
        this.pace = pace;
    }

    /// Does one fault, sees that it took effect, and heals.
    ///
    /// @param number counts the faults from 0: the first come one of each kind
    void strike(int number) {
        Fault[] all = Fault.values();
        Fault fault = number < all.length ? all[number] : all[random.nextInt(all.length)];
        ServerNode leader = cluster.awaitLeader();
        long start = System.nanoTime();
        boolean took =
                switch (fault) {
                    case KILL_LEADER -> killed(leader);
                    case PAUSE_LEADER -> pausedLeader(leader);
                    case KILL_ALL -> {
                        cluster.nodes().parallelStream().forEach(ServerNode::kill);
                        yield true;
                    }
                    case TRANSFER_LEADERSHIP -> transferred(leader);
                    case KILL_FOLLOWER -> killed(follower(leader));
                    case PAUSE_FOLLOWER -> paused(follower(leader));
                };
        cluster.heal();
        if (took) {
            done.add("%s of %s: %d ms".formatted(fault, leader.id(), millisSince(start)));
        }
        calm(pace.calm());
    }

    /// Returns what it did, leaving out what had no effect.
    List<String> done() {
        return List.copyOf(done);
    }

    /// A leader was killed only if another took over.
    private boolean killed(ServerNode node) {
        node.kill();
        cluster.awaitLeaderOtherThan(node);
        return true;
    }

    /// For longer or shorter than it takes to elect another: both are worth a try.
    private boolean pausedLeader(ServerNode leader) {
        leader.pause();
        if (random.nextBoolean()) {
            cluster.awaitLeaderOtherThan(leader);
        } else {
            calm(Duration.ofMillis(500 + random.nextInt((int) pace.pauseMax().toMillis() - 499)));
        }
        leader.resume();
        return true;
    }

    private boolean paused(ServerNode node) {
        node.pause();
        calm(Duration.ofMillis(500 + random.nextInt((int) pace.pauseMax().toMillis() - 499)));
        node.resume();
        return true;
    }

    private boolean transferred(ServerNode leader) {
        try {
            String to =
                    leader.api()
                            .servers(Duration.ofSeconds(5))
                            .transferLeadership(TransferLeadershipRequest.getDefaultInstance())
                            .getLeader();
            await("leadership of " + to).atMost(PATIENCE).until(() -> cluster.leader().isPresent());
            return true;
        } catch (StatusRuntimeException notNow) {
            return false;
        }
    }

    private ServerNode follower(ServerNode leader) {
        List<ServerNode> followers =
                cluster.nodes().stream().filter(node -> node != leader).toList();
        return followers.get(random.nextInt(followers.size()));
    }

    private void calm(Duration time) {
        try {
            var _ = never.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millisSince(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
    }
}
