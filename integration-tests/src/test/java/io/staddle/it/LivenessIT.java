package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Demotion;
import io.staddle.api.model.FailoverCause;
import io.staddle.api.model.Move;
import io.staddle.api.query.ClusterSummary;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.client.Held;
import io.staddle.client.StaddleClient;
import io.staddle.it.kit.Beater;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.OneWayBeater;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Who falls silent is failed over by itself; who does not is not, whatever happens to Staddle.
final class LivenessIT {
    private static final long SUSPECT_AFTER_MILLIS = 2_500;
    private static final long GRACE_MILLIS = 500;
    private static final Duration BEAT = Duration.ofMillis(200);
    private static final ClusterId AP = new ClusterId("ap");
    private static final int GRAINS = 1_000;

    @RegisterExtension
    static final ClusterExtension CLUSTER = ClusterExtension.of(ClusterSettings.named("liveness"));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();
    private final StaddleClient impatient = cluster.client(Duration.ofSeconds(1));
    private final Map<ClusterId, Beater> beaters = new TreeMap<>();

    @BeforeEach
    void threeRegionsBeat() {
        configure();
        for (ClusterId id : List.of(Directory.EU, Directory.US, AP)) {
            Directory.register(client, id);
            beaters.put(id, new Beater(id, impatient, BEAT));
        }
        awaitHealth();
    }

    @AfterEach
    void end() {
        beaters.values().forEach(Beater::close);
        impatient.close();
    }

    @Test
    void aRegionThatFallsSilentIsFailedOverInOneEntryAndLearnsItFromItsNextBeat() {
        List<GrainId> grains = Directory.grains("silent", GRAINS);
        Directory.acquireAll(client, grains, Directory.EU);
        GrainId one = grains.get(47);
        Held held = new Held(one, Directory.EU, client.grains().lookup(one).epoch());

        beater(Directory.EU).silent(true);
        Move failover = awaitFailover(Directory.EU);

        assertThat(failover.grainsMoved()).isEqualTo(GRAINS);
        assertThat(failover.demotion().map(Demotion::cause)).contains(FailoverCause.GRACE);
        assertThat(client.grains().lookup(one).owner()).isNotEqualTo(Directory.OWNED_BY_EU);
        assertThat(client.grains().checkFence(held).valid()).isFalse();
        beater(Directory.EU).silent(false);
        awaitHealth();
        assertThat(beater(Directory.EU).fencedAnswers()).isPositive();
        assertThat(client.grains().checkFence(held).valid()).isFalse();
        cluster.awaitEqualDigests();
    }

    @Test
    void aFailoverTakesPlaceOnceThoughTheLeaderIsKilledBeforeIt() {
        List<GrainId> grains = Directory.grains("killed", GRAINS);
        Directory.acquireAll(client, grains, Directory.US);
        int before = client.clusters().movesOf(Directory.US).size();

        beater(Directory.US).silent(true);
        await("suspicion")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state(Directory.US) == ClusterState.SUSPECT);
        cluster.awaitLeader().kill();

        assertThat(awaitFailover(Directory.US).grainsMoved()).isEqualTo(GRAINS);
        assertThat(client.clusters().movesOf(Directory.US)).hasSize(before + 1);
        beater(Directory.US).silent(false);
        cluster.heal();
        awaitHealth();
    }

    @Test
    void whoReachesAFollowerOnlyIsHeardAllTheSame() throws InterruptedException {
        int before = client.clusters().moves().size();
        ServerNode follower = cluster.awaitFollowers().getFirst();
        try (OneWayBeater beats = new OneWayBeater(AP, follower, BEAT)) {
            // On a busy machine it may take longer to connect than silence is allowed for.
            await("the way over the follower").until(() -> !beats.answers().isEmpty());
            int heard = beats.answers().size();
            beater(AP).silent(true);
            awaitThatNothingFailsOver(before);
            // Unless it was the follower that led for a while.
            assertThat(beats.answers().stream().skip(heard).filter(BeatAnswer::getPassed))
                    .hasSizeGreaterThan(5);
            beater(AP).silent(false);
        }
        awaitHealth();
    }

    @Test
    void nobodyIsFailedOverBecauseTheLeaderWasPaused() throws InterruptedException {
        int before = client.clusters().moves().size();
        ServerNode leader = cluster.awaitLeader();
        leader.pause();
        Thread.sleep(2 * (SUSPECT_AFTER_MILLIS + GRACE_MILLIS));
        leader.resume();

        awaitThatNothingFailsOver(before);
    }

    @Test
    @Tag("slow")
    void nobodyIsFailedOverBecauseStaddleWasAway() throws InterruptedException {
        int before = client.clusters().moves().size();
        cluster.nodes().forEach(ServerNode::pause);
        Thread.sleep(2 * (SUSPECT_AFTER_MILLIS + GRACE_MILLIS));
        cluster.nodes().forEach(ServerNode::resume);
        awaitThatNothingFailsOver(before);

        cluster.nodes().forEach(ServerNode::kill);
        Thread.sleep(SUSPECT_AFTER_MILLIS + GRACE_MILLIS);
        cluster.heal();
        awaitThatNothingFailsOver(before);
    }

    private Beater beater(ClusterId id) {
        return Objects.requireNonNull(beaters.get(id));
    }

    /// Waits for longer than a failover takes.
    private void awaitThatNothingFailsOver(int before) throws InterruptedException {
        Thread.sleep(SUSPECT_AFTER_MILLIS + GRACE_MILLIS + 500);
        assertThat(client.clusters().moves()).hasSize(before);
        awaitHealth();
    }

    private Move awaitFailover(ClusterId id) {
        long start = System.nanoTime();
        await("failover of " + id)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> state(id) == ClusterState.FAILED);
        System.out.printf("%s had failed after %.1f s%n", id, (System.nanoTime() - start) / 1e9);
        return client.clusters().movesOf(id).getFirst();
    }

    private void awaitHealth() {
        await("health of all")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        assertThat(client.clusters().list())
                                .extracting(each -> each.cluster().state())
                                .containsOnly(ClusterState.HEALTHY));
    }

    private ClusterState state(ClusterId id) {
        return client.clusters().list().stream()
                .map(ClusterSummary::cluster)
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private void configure() {
        Map<String, String> settings =
                Map.of(
                        "health.suspect-after-millis", Long.toString(SUSPECT_AFTER_MILLIS),
                        "failover.grace-millis", Long.toString(GRACE_MILLIS),
                        "health.beat-interval-millis", Long.toString(BEAT.toMillis()));
        Directory.configure(client, settings);
    }
}
