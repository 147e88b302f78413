package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Fence;
import io.staddle.api.v1.BeatRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

final class ClusterAgentTest {
    private final FakeCluster cluster = new FakeCluster();
    private final FakeServer server = FakeServer.playing(Role.leads());
    private final StaddleClient client = Fixture.clientOf(server);
    private final Told told = new Told();

    /// Takes down what it is told.
    private static final class Told implements ClusterAgentListener {
        private final List<String> words = new CopyOnWriteArrayList<>();
        private volatile CountDownLatch letGo = new CountDownLatch(0);

        @Override
        public void healthy(Fence fence) {
            words.add("healthy " + fence);
        }

        @Override
        public void suspect() {
            words.add("suspect");
        }

        @Override
        public void fenced(FencedBecause why) {
            words.add("fenced " + why.getClass().getSimpleName());
            try {
                letGo.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void connection(ConnectionState state) {
            words.add(state.name());
        }
    }

    @AfterEach
    void closeAll() {
        client.close();
        server.close();
    }

    @Test
    void itRegistersAndBeatsWithWhatWasReported() {
        try (ClusterAgent agent = start()) {
            awaitTold("healthy 1");
            agent.report(new ClusterId("us-1"), false);
            agent.reportLag(Duration.ofMillis(7));
            int before = cluster.beats().size();
            await().until(() -> cluster.beats().size() > before + 2);
            BeatRequest beat = cluster.beats().getLast();
            assertThat(beat.getIncarnation()).isEqualTo(3);
            assertThat(beat.getLagMillis()).isEqualTo(7);
            assertThat(beat.getSightings(0).getCluster()).isEqualTo("us-1");
            assertThat(beat.getSightings(0).getReachable()).isFalse();
        }
    }

    @Test
    void aListenerThatBlocksKeepsNoBeatBackAndNoFenceIsAcknowledgedMeanwhile() {
        told.letGo = new CountDownLatch(1);
        try (ClusterAgent agent = start()) {
            awaitTold("healthy 1");
            GrainHandle handle = agent.acquire(Fixture.CART).orThrow();
            assertThat(handle.token()).isPresent();
            cluster.demote();
            awaitTold("fenced Demoted");
            assertThat(handle.token()).isEmpty();
            int before = cluster.beats().size();
            await().until(() -> cluster.beats().size() > before + 5);
            assertThat(cluster.beats().getLast().getAckedFence()).isEqualTo(1);

            told.letGo.countDown();
            awaitTold("healthy 2");
            assertThat(cluster.beats().getLast().getAckedFence()).isEqualTo(2);
            assertThat(handle.token()).isEmpty();
        }
    }

    @Test
    void whoHearsNothingFencesItselfAndBelievesNoAnswerThatComesTooLate() {
        cluster.within(600, 400);
        try (ClusterAgent agent = start()) {
            awaitTold("healthy 1");
            GrainHandle handle = agent.acquire(Fixture.CART).orThrow();
            server.become(Role.holds());
            awaitTold("fenced Silence");
            assertThat(told.words).containsSubsequence("suspect", "LOST", "fenced Silence");
            assertThat(handle.isUsable()).isFalse();

            server.become(Role.leads());
            server.release();
            await().until(() -> agent.standing() == Standing.HEALTHY);
            assertThat(told.words).containsSubsequence("LOST", "RECONNECTED", "healthy 1");
            assertThat(handle.isUsable()).isFalse();
        }
    }

    @Test
    void itFollowsTheLeader() {
        try (FakeServer other = FakeServer.playing(Role.leads());
                ClusterAgent agent = start()) {
            awaitTold("healthy 1");
            FakeCluster there = new FakeCluster();
            other.host(there);
            server.become(Role.notLeader(other.endpoint()));
            await().until(() -> there.beats().size() > 3);
            assertThat(agent.standing()).isEqualTo(Standing.HEALTHY);
        }
    }

    @Test
    void closingTellsTheListenerAndEndsTheBeats() {
        ClusterAgent agent = start();
        awaitTold("healthy 1");
        GrainHandle handle = agent.acquire(Fixture.CART).orThrow();
        agent.close();
        assertThat(told.words.getLast()).isEqualTo("fenced Closed");
        assertThat(handle.isUsable()).isFalse();
        int beats = cluster.beats().size();
        await().during(Duration.ofMillis(200)).until(() -> cluster.beats().size() <= beats + 1);
    }

    private ClusterAgent start() {
        server.host(cluster);
        return client.agent(Fixture.EU).incarnation(3).start(told);
    }

    private void awaitTold(String words) {
        await().atMost(Fixture.AMPLE).until(() -> told.words.contains(words));
    }
}
