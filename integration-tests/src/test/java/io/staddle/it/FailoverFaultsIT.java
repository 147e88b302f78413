package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Move;
import io.staddle.api.model.Ownership;
import io.staddle.client.ClusterAgent;
import io.staddle.client.StaddleClient;
import io.staddle.client.Standing;
import io.staddle.it.kit.Beater;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.ForcedFailover;
import io.staddle.it.kit.Inspection;
import io.staddle.it.kit.RegionProcess;
import io.staddle.it.kit.Regions;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What regions say of each other, leaders that die in a failover, and regions that were away while
/// they were failed over.
final class FailoverFaultsIT {
    private static final List<ClusterId> ALL = List.of(Directory.EU, Directory.US, Regions.AP);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int GRAINS = 300;
    private static final int MOST_DELAY_MICROS = 20_000;
    private static final Random RANDOM = new Random();

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(ClusterSettings.named("failover-faults"));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();
    private final Map<ClusterId, ClusterAgent> agents = new HashMap<>();
    private final Regions regions = new Regions(cluster);

    @AfterEach
    void end() {
        agents.values().forEach(ClusterAgent::close);
        regions.close();
    }

    @AfterAll
    static void invariantsHold() {
        assertThat(Inspection.violations(CLUSTER.get())).isEmpty();
    }

    @Test
    void regionsThatSeeOnlyStaddleAreNotFailedOver() throws InterruptedException {
        int before = client.clusters().moves().size();
        agentsBeat();
        for (ClusterId observer : ALL) {
            ALL.stream()
                    .filter(other -> !other.equals(observer))
                    .forEach(other -> report(observer, other, false));
        }

        regions.awaitThatNothingFailsOver(before);
    }

    @Test
    void aSilentRegionIsFailedOverOnlyWhenAnotherDoesNotReachItIfObserversAreAskedFor()
            throws InterruptedException {
        int before = client.clusters().moves().size();
        regions.configure("health.observers-min", 1);
        agentsBeat();
        report(Directory.EU, Regions.AP, true);
        report(Directory.US, Regions.AP, true);

        agent(Regions.AP).close();
        regions.awaitThatNothingFailsOver(before);
        report(Directory.US, Regions.AP, false);

        Move failover = regions.awaitFailover(Regions.AP, PATIENCE);
        assertThat(failover.demotion()).isPresent();
        assertThat(client.clusters().moves()).hasSize(before + 1);
        regions.silent(Regions.AP, false);
        regions.awaitHealth();
    }

    @Test
    void aFailoverSentToALeaderThatWasKilledTakesPlaceOnce() {
        ForcedFailover failover = failover();
        cluster.awaitLeader().kill();

        failover.insist();
        tookPlaceOnce(failover);
    }

    @Test
    void aFailoverTakesPlaceOnceThoughTheLeaderIsKilledInIt() {
        killInAFailover();
    }

    @RepeatedTest(20)
    @Tag("soak")
    void aFailoverTakesPlaceOnceWheneverTheLeaderIsKilled() {
        killInAFailover();
    }

    private void killInAFailover() {
        ForcedFailover failover = failover();
        int delayMicros = RANDOM.nextInt(MOST_DELAY_MICROS);
        ServerNode leader = cluster.awaitLeader();
        CompletableFuture<Move> answer = CompletableFuture.supplyAsync(failover::insist);
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(delayMicros));
        boolean answered = answer.isDone();
        leader.kill();

        assertThat(answer.join()).isEqualTo(failover.insist());
        System.out.printf("killed after %d us, answered before: %s%n", delayMicros, answered);
        tookPlaceOnce(failover);
    }

    @Test
    @Tag("slow")
    void aFailoverThatWasAnsweredIsThereWhenTheLeaderIsKilledAfterIt() {
        ForcedFailover failover = failover();
        ServerNode leader = cluster.awaitLeader();
        Move answered = failover.insist();
        leader.kill();

        assertThat(failover.insist()).isEqualTo(answered);
        tookPlaceOnce(failover);
    }

    @Test
    void aRegionThatWasPausedOverItsFailoverIsRefusedWhateverItDoes() throws IOException {
        GrainId grain = GrainId.of("paused", "one");
        regions.silent(Directory.EU, true);
        try (RegionProcess region = RegionProcess.start(cluster, Directory.EU, grain)) {
            Epoch owned = client.grains().lookup(grain).epoch();
            region.pause();
            regions.awaitFailover(Directory.EU, PATIENCE);
            region.act();
            region.resume();

            assertThat(region.fared())
                    .containsExactly(
                            "usable: false",
                            "fence: false",
                            "renew: refused",
                            "claim: refused",
                            "promote: refused",
                            "release: refused");
            Ownership now = client.grains().lookup(grain);
            assertThat(now.owner()).isPresent().isNotEqualTo(Directory.OWNED_BY_EU);
            assertThat(now.epoch()).isEqualTo(owned.next());
        }
        regions.silent(Directory.EU, false);
        regions.awaitHealth();
        cluster.awaitEqualDigests();
    }

    /// Has agents beat in place of the beaters.
    private void agentsBeat() {
        for (ClusterId id : ALL) {
            regions.silent(id, true);
            agents.put(id, client.agent(id).incarnation(Beater.INCARNATION).start(why -> {}));
        }
        await("agents")
                .atMost(PATIENCE)
                .until(() ->
                        agents.values().stream()
                                .allMatch(agent -> agent.standing() == Standing.HEALTHY));
    }

    private ClusterAgent agent(ClusterId id) {
        return Objects.requireNonNull(agents.get(id));
    }

    private void report(ClusterId observer, ClusterId other, boolean reachable) {
        agent(observer).report(other, reachable);
    }

    private void tookPlaceOnce(ForcedFailover failover) {
        cluster.heal();
        failover.assertOnce();
        failover.readmit();
    }

    private ForcedFailover failover() {
        return new ForcedFailover(cluster, "killed-" + System.nanoTime(), GRAINS);
    }
}
