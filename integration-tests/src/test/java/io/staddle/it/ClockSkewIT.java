package io.staddle.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.MigrationCommand.StartMigration;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MigrationId;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.MigrationPhase;
import io.staddle.api.model.RoutingLayout;
import io.staddle.api.v1.Event;
import io.staddle.api.v1.ListEventsRequest;
import io.staddle.client.Held;
import io.staddle.client.StaddleClient;
import io.staddle.it.kit.ClusterExtension;
import io.staddle.it.kit.ClusterSettings;
import io.staddle.it.kit.DataPlane;
import io.staddle.it.kit.Directory;
import io.staddle.it.kit.Inspection;
import io.staddle.it.kit.Migrations;
import io.staddle.it.kit.Regions;
import io.staddle.it.kit.ServerNode;
import io.staddle.it.kit.TestCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;

/// A leader whose clock is two hours off, among others whose clocks are right.
@Tag("slow")
final class ClockSkewIT {
    private static final Duration OFF = Duration.ofHours(2);
    private static final Duration LESS_THAN_OFF = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration IN_TIME = Duration.ofSeconds(10);
    private static final long BUDGET_MICROS = 10_000_000;

    /// On a busy machine the leader that a test chose is to go on leading.
    private static final int ELECTION_MAX_MILLIS = 2_400;

    @RegisterExtension
    static final ClusterExtension CLUSTER =
            ClusterExtension.of(
                    ClusterSettings.named("clock-skew")
                            .with("election.min-millis", 2 * ELECTION_MAX_MILLIS / 3)
                            .with("election.max-millis", ELECTION_MAX_MILLIS));

    private final TestCluster cluster = CLUSTER.get();
    private final StaddleClient client = cluster.client();
    private final Regions regions = new Regions(cluster);

    @AfterEach
    void end() {
        regions.close();
    }

    @AfterAll
    static void invariantsHold() {
        assertThat(Inspection.violations(CLUSTER.get())).isEmpty();
    }

    @Test
    void underALeaderWhoseClockIsBehindDeadlinesComeInTimeAndNobodyIsFailedOver()
            throws InterruptedException {
        int before = moves();
        ServerNode behind = follower(OFF.negated());

        cluster.handOverTo(behind);
        regions.awaitThatNothingFailsOver(before);
        deadlinesComeInTime("behind");
        assertThat(cluster.leader()).contains(behind);
        timeNeverWentBack();
    }

    /// Logical time goes ahead with the leader's clock and never back. So by the grace period the
    /// silent region were to be failed over, and all leases had ended.
    @Test
    void whenALeaderComesWhoseClockIsAheadRegionsCanStillBeatAndHoldersRenew()
            throws InterruptedException {
        int before = moves();
        ServerNode ahead = followerAhead();
        regions.configure("failover.grace-millis", LESS_THAN_OFF.toMillis());
        regions.configure("health.suspect-after-millis", 3 * MOMENT.toMillis());
        Answer.Grant renewed = lease("ahead-renewed", LESS_THAN_OFF);
        Answer.Grant left = lease("ahead-left", LESS_THAN_OFF);
        regions.silent(Regions.AP, true);
        await("suspicion")
                .atMost(IN_TIME)
                .until(() -> regions.record(Regions.AP).state() == ClusterState.SUSPECT);

        MigrationId moving = new MigrationId("over-the-jump");
        begin(moving);
        cluster.handOverTo(ahead);
        Thread.sleep(MOMENT);
        client.grains().renew(Held.by(renewed), LESS_THAN_OFF).orThrow();
        regions.silent(Regions.AP, false);
        regions.awaitHealth();
        awaitEnd(left);

        assertThat(moves()).isEqualTo(before);
        assertThat(client.grains().checkFence(Held.by(renewed)).valid()).isTrue();
        client.grains().release(Held.by(renewed)).orThrow();
        try (DataPlane plane = new DataPlane(client)) {
            assertThat(Migrations.awaitEnd(client, moving, IN_TIME).phase())
                    .as("for two hours it neither took a step nor heard of its target")
                    .isEqualTo(MigrationPhase.COMPLETED);
            plane.hold(true);
        }
        assertThat(cluster.leader()).contains(ahead);
    }

    @Test
    void afterALeaderWhoseClockIsAheadTimeGoesOnFromThere() throws InterruptedException {
        ServerNode ahead = followerAhead();
        cluster.handOverTo(ahead);
        regions.configure("failover.grace-millis", 500);
        deadlinesComeInTime("ahead");
        int before = moves();

        ahead.kill();
        cluster.heal();
        regions.awaitThatNothingFailsOver(before);
        deadlinesComeInTime("after");
        timeNeverWentBack();
    }

    private void begin(MigrationId id) {
        NodeId source = new NodeId("n1");
        NodeId target = new NodeId("n2");
        Migrations.register(client, List.of(source, target));
        client.routing().init(new RoutingLayout(1, 1, 1, List.of(source))).orThrow();
        client.migrations()
                .start(
                        new StartMigration(
                                id,
                                new VShardId(0),
                                target,
                                1,
                                BUDGET_MICROS,
                                false,
                                Epoch.NONE.next()))
                .orThrow();
    }

    /// Time stays where the leader of another test may have taken it.
    private ServerNode followerAhead() {
        long logical = cluster.awaitLeader().api().describe().orElseThrow().getLogicalNowMillis();
        long alreadyMillis = Math.max(0, logical - System.currentTimeMillis());
        return follower(OFF.plusMillis(alreadyMillis));
    }

    /// Starts a follower anew with a clock that is off.
    private ServerNode follower(Duration offset) {
        ServerNode node = cluster.awaitFollowers().getFirst();
        node.kill();
        node.startWithClockOff(offset);
        cluster.awaitReady();
        long shows = node.api().describe().orElseThrow().getNowMillis();
        assertThat(shows - System.currentTimeMillis())
                .isCloseTo(offset.toMillis(), within(IN_TIME.toMillis()));
        return node;
    }

    /// A lease ends, and a silent region is failed over, soon and not before.
    private void deadlinesComeInTime(String name) {
        int before = moves();
        long start = System.nanoTime();
        Answer.Grant lease = lease(name, MOMENT);
        regions.silent(Directory.EU, true);
        awaitEnd(lease);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(MOMENT);
        regions.awaitFailover(Directory.EU, IN_TIME);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Regions.FAILOVER.minus(Regions.BEAT));

        regions.silent(Directory.EU, false);
        regions.awaitHealth();
        assertThat(moves()).isEqualTo(before + 1);
        cluster.awaitEqualDigests();
    }

    private Answer.Grant lease(String key, Duration length) {
        return client.grains().acquire(GrainId.of("leased", key), Directory.US, length).orThrow();
    }

    private void awaitEnd(Answer.Grant lease) {
        await("the end of the lease of " + lease.grain())
                .atMost(IN_TIME)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> client.grains().lookup(lease.grain()).owner().isEmpty());
    }

    private void timeNeverWentBack() {
        List<Event> events =
                cluster.awaitLeader()
                        .api()
                        .events(IN_TIME)
                        .list(ListEventsRequest.newBuilder().setLimit(10_000).build())
                        .getEventsList();
        assertThat(events).isNotEmpty();
        assertThat(events).extracting(Event::getAtMillis).isSorted();
    }

    private int moves() {
        return client.clusters().moves().size();
    }
}
