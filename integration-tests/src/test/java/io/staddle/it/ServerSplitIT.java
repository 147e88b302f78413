package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.id.GrainId;
import io.staddle.api.v1.BeatRequest;
import io.staddle.client.ClusterAgent;
import io.staddle.client.GrainHandle;
import io.staddle.client.StaddleClient;
import io.staddle.client.Standing;
import io.staddle.it.kit.Beater;
import io.staddle.it.kit.Calls;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.Inspection;
import io.staddle.it.kit.Regions;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;
import io.staddle.server.grpc.Trailers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Servers that are cut in two, while clusters reach them.
@Tag("slow")
final class ServerSplitIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(5);

    /// A leader that hears of nobody steps down after one to two of these.
    private static final int ELECTION_MAX_MILLIS = 1_500;

    /// Who beats has the time to look for the new leader on ways that are cut.
    private static final long GRACE_MILLIS = 1_500;

    /// By now the leader's last proof that it leads is too old to answer beats with.
    private static final Duration UNPROVEN = Duration.ofMillis(700);

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(
                    ClusterSettings.named("server-split")
                            .throughWires()
                            .with("election.max-millis", ELECTION_MAX_MILLIS));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();
    private final Regions regions = new Regions(cluster);

    @BeforeEach
    void giveTimeToLookForTheLeader() {
        regions.configure("failover.grace-millis", GRACE_MILLIS);
    }

    @AfterEach
    void end() {
        regions.close();
    }

    @AfterAll
    static void invariantsHold() {
        assertThat(Inspection.violations(CLUSTER.get())).isEmpty();
    }

    @Test
    void nobodyIsFailedOverBecauseTheLeaderIsCutOff() throws InterruptedException {
        int before = moves();
        ServerNode leader = cluster.awaitLeader();
        cluster.wires().cut(leader);
        cluster.awaitLeaderOtherThan(leader);

        regions.awaitThatNothingFailsOver(before);
        assertThat(seesWrites(leader, "leader")).isFalse();
        cluster.heal();
        onlyWhoIsSilentIsFailedOver(before);
    }

    @Test
    void nobodyIsFailedOverBecauseAFollowerIsCutOff() throws InterruptedException {
        int before = moves();
        ServerNode leader = cluster.awaitLeader();
        ServerNode follower = cluster.awaitFollowers().getFirst();
        cluster.wires().cut(follower);

        regions.awaitThatNothingFailsOver(before);
        assertThat(seesWrites(follower, "follower")).isFalse();
        assertThat(cluster.leader()).contains(leader);
        cluster.heal();
        onlyWhoIsSilentIsFailedOver(before);
    }

    @Test
    void whoReachesOnlyALeaderThatIsCutOffFencesItselfBeforeItIsFailedOver()
            throws InterruptedException {
        GrainId grain = GrainId.of("cut-off", "one");
        int before = moves();
        ServerNode leader = cluster.awaitLeader();
        try (StaddleClient near = TestCluster.client(List.of(leader), PATIENCE);
                ClusterAgent agent = agent(near)) {
            GrainHandle handle = agent.acquire(grain).orThrow();
            assertThat(handle.isUsable()).isTrue();
            cluster.wires().cut(leader);
            Thread.sleep(UNPROVEN);

            assertThat(leader.api().describe().orElseThrow().getRole()).isEqualTo("leader");
            assertThat(reasonAgainstABeat(leader)).isEqualTo("NO_QUORUM");
            regions.awaitFailover(Regions.AP, PATIENCE);
            assertThat(handle.isUsable()).isFalse();
            assertThat(agent.standing()).isEqualTo(Standing.FENCED);
            assertThat(moves()).isEqualTo(before + 1);
            assertThat(client.grains().lookup(grain).owner())
                    .isPresent()
                    .isNotEqualTo(Optional.of(Regions.AP));

            cluster.heal();
            awaitHealth(agent);
            assertThat(handle.isUsable()).isFalse();
        }
        regions.silent(Regions.AP, false);
        assertThat(moves()).isEqualTo(before + 1);
        cluster.awaitEqualDigests();
    }

    private ClusterAgent agent(StaddleClient near) {
        ClusterAgent agent =
                near.agent(Regions.AP).incarnation(Beater.INCARNATION).start(why -> {});
        awaitHealth(agent);
        regions.silent(Regions.AP, true);
        return agent;
    }

    private static void awaitHealth(ClusterAgent agent) {
        await("a healthy agent").atMost(PATIENCE).until(() -> agent.standing() == Standing.HEALTHY);
    }

    /// Returns what a server answers a beat with.
    private static String reasonAgainstABeat(ServerNode server) {
        BeatRequest beat =
                BeatRequest.newBuilder()
                        .setCluster(Regions.AP.value())
                        .setIncarnation(Beater.INCARNATION)
                        .build();
        StatusRuntimeException failure =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> server.api().clusters(SHORT).beat(beat));
        assertThat(failure).as("the beat is not answered").isNotNull();
        return Optional.ofNullable(Status.trailersFromThrowable(failure))
                .map(trailers -> trailers.get(Trailers.REASON))
                .orElseGet(() -> String.valueOf(failure));
    }

    /// Has a grain acquired, and tells whether a server comes to know of it.
    private boolean seesWrites(ServerNode server, String key) {
        GrainId grain = GrainId.of("split", key);
        client.grains().acquire(grain, Directory.EU).orThrow();
        return Calls.ownership(
                        server.api().directory(SHORT).lookup(Calls.lookup(grain, Calls.STALE)))
                .owner()
                .isPresent();
    }

    private void onlyWhoIsSilentIsFailedOver(int before) {
        cluster.awaitEqualDigests();
        regions.silent(Directory.EU, true);
        regions.awaitFailover(Directory.EU, PATIENCE);
        assertThat(moves()).isEqualTo(before + 1);
        regions.silent(Directory.EU, false);
        regions.awaitHealth();
        cluster.awaitEqualDigests();
    }

    private int moves() {
        return client.clusters().moves().size();
    }
}
