package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.staddle.api.answer.Answer;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Moment;
import io.staddle.client.GrainDirectory;
import io.staddle.client.Held;
import io.staddle.client.Result;
import io.staddle.client.StaddleClient;
import io.staddle.client.StaddleException;
import io.staddle.it.kit.Calls;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.Load;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;

/// What holds while servers fail.
final class FailuresIT {
    private static final int SOME = 200;

    /// Far above what is aimed at: machines that run tests are busy. The figure is printed.
    private static final Duration GAP_MAX = Duration.ofSeconds(20);

    @RegisterExtension
    static final ClusterExtension CLUSTER = ClusterExtension.of(ClusterSettings.named("failures"));

    private final TestCluster cluster = CLUSTER.get();

    @BeforeEach
    void registerClusters() {
        Directory.register(cluster.client());
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheLeaderIsKilled() {
        Load load = Load.start(cluster, "leader-killed");
        try (load) {
            awaitMore(load);
            cluster.awaitLeader().kill();
            awaitMore(load);
        }
        assertWell(load, "leader killed");
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheLeaderHangs() {
        Load load = Load.start(cluster, "leader-hung");
        try (load) {
            awaitMore(load);
            ServerNode leader = cluster.awaitLeader();
            leader.pause();
            awaitMore(load);
            leader.resume();
            awaitMore(load);
        }
        assertWell(load, "leader hung");
    }

    @Test
    @Tag("slow")
    void writesGoOnWhenAFollowerIsKilled() {
        Load load = Load.start(cluster, "follower-killed");
        try (load) {
            awaitMore(load);
            cluster.awaitFollowers().getFirst().kill();
            awaitMore(load);
        }
        assertWell(load, "follower killed");
    }

    @Test
    @Tag("slow")
    void nothingAcknowledgedIsLostWhenAllServersAreKilledAtOnce() {
        Load load = Load.start(cluster, "all-killed");
        try (load) {
            awaitMore(load);
            cluster.nodes().parallelStream().forEach(ServerNode::kill);
            cluster.nodes().forEach(ServerNode::start);
            awaitMore(load);
        }
        assertWell(load, "all killed");
    }

    @Test
    void leadershipCanBeHandedOverUnderLoad() {
        Load load = Load.start(cluster, "handed-over");
        try (load) {
            for (int i = 0; i < 2; i++) {
                awaitMore(load);
                ServerNode next = cluster.awaitFollowers().getFirst();
                cluster.client().servers().transferLeadership(new ServerId(next.id()));
            }
            awaitMore(load);
        }
        assertWell(load, "handed over twice");
    }

    @Test
    @Tag("slow")
    void withoutAQuorumCallsFailInTimeAndStaleReadsGoOn() {
        GrainId grain = GrainId.of("no-quorum", "1");
        GrainDirectory grains = cluster.client().grains();
        Held gone = Held.by(grains.acquire(grain, Directory.EU).orThrow());
        grains.release(gone).orThrow();
        grains.acquire(grain, Directory.EU).orThrow();
        ServerNode leader = cluster.awaitLeader();
        List<ServerNode> others = cluster.awaitFollowers();
        others.forEach(ServerNode::kill);

        assertNoWriteAndNoRead(grain, leader);
        assertThat(
                        Calls.ownership(
                                        leader.api()
                                                .directory(Duration.ofSeconds(5))
                                                .lookup(Calls.lookup(grain, Calls.STALE)))
                                .owner())
                .contains(Directory.EU);
        assertWhatIsOverIsAnswered(gone, leader);

        others.getFirst().start();
        await("a write with two of three servers")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() ->
                        cluster.client()
                                        .grains()
                                        .acquire(GrainId.of("no-quorum", "2"), Directory.EU)
                                instanceof Result.Done);
    }

    @Test
    @Tag("slow")
    void anOrderlyStopAndStartKeepEverything() {
        List<GrainId> grains = Directory.grains("restarted", 1_000);
        Directory.acquireAll(cluster.client(), grains, Directory.EU);
        String before = cluster.awaitEqualDigests().getFirst().getDigest();

        assertThat(cluster.nodes()).extracting(ServerNode::stop).containsOnly(0);
        cluster.heal();

        // Servers make themselves known again only if they are not: nothing else is written.
        assertThat(cluster.awaitEqualDigests().getFirst().getDigest()).isEqualTo(before);
        for (ServerNode node : cluster.nodes()) {
            assertThat(node.api().verify())
                    .satisfies(answer ->
                            assertThat(answer.getRecomputed()).isEqualTo(answer.getDigest()));
        }
    }

    private void assertNoWriteAndNoRead(GrainId grain, ServerNode leader) {
        Duration deadline = Duration.ofSeconds(3);
        long start = System.nanoTime();
        try (StaddleClient client = cluster.client(deadline)) {
            assertThat(outcome(client)).isNotInstanceOf(Result.Done.class);
            assertThatThrownBy(() -> client.grains().lookup(grain))
                    .isInstanceOf(StaddleException.class)
                    .hasMessageContaining("deadline");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(deadline.multipliedBy(2).plusSeconds(2));
        assertThatThrownBy(() ->
                        leader.api()
                                .directory(deadline)
                                .lookup(Calls.lookup(grain, Calls.LINEARIZABLE)))
                .isInstanceOf(StatusRuntimeException.class);
    }

    /// An epoch that has gone never comes again, so no majority is asked; the last one may go.
    private static void assertWhatIsOverIsAnswered(Held was, ServerNode leader) {
        var directory = leader.api().directory(Duration.ofSeconds(3));
        var then =
                directory.lookup(
                        Calls.lookup(
                                was.grain(),
                                Calls.asOf(new Moment.AtEpoch(was.grain(), was.epoch()))));
        assertThat(Calls.ownership(then)).isInstanceOf(Ownership.Released.class);
        Moment present = new Moment.AtEpoch(was.grain(), was.epoch().next());
        assertThatThrownBy(() -> directory.lookup(Calls.lookup(was.grain(), Calls.asOf(present))))
                .isInstanceOf(StatusRuntimeException.class);
    }

    private static Result<Answer.Grant> outcome(StaddleClient client) {
        try {
            return client.grains().acquire(GrainId.of("no-quorum", "none"), Directory.EU);
        } catch (StaddleException notCarriedOut) {
            return new Result.Unknown<>(String.valueOf(notCarriedOut.getMessage()));
        }
    }

    private static void awaitMore(Load load) {
        int before = load.granted();
        await("more grants")
                .atMost(Duration.ofSeconds(60))
                .until(() -> load.granted() >= before + SOME);
    }

    private void assertWell(Load load, String what) {
        System.out.println(what + ": " + load.summary());
        cluster.heal();
        load.assertNothingLost(cluster.client());
        cluster.awaitEqualDigests();
        assertThat(load.longestGap()).isLessThan(GAP_MAX);
    }
}
