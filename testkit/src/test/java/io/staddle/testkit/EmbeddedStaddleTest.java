package io.staddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.answer.Answer;
import io.staddle.api.id.ClusterId;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.Revision;
import io.staddle.api.id.ServerId;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.EventFilter;
import io.staddle.client.StaddleClient;
import io.staddle.client.Watch;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What a user's test can do to a deployment of three servers.
@StaddleTest(servers = 3)
final class EmbeddedStaddleTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @BeforeAll
    static void aClusterIsThere(StaddleClient client) {
        client.clusters()
                .register(EU, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY)
                .orThrow();
    }

    @Test
    void aLeaseEndsWhenTheTestLetsTimePassAndNotBefore(
            EmbeddedStaddle staddle, StaddleClient client) {
        GrainId cart = GrainId.parse("cart/leased");
        client.grains().acquire(cart, EU, Duration.ofHours(1)).orThrow();
        staddle.clock().advance(Duration.ofMinutes(59));
        assertThat(owner(client, cart)).contains(EU);
        staddle.clock().advance(Duration.ofMinutes(2));
        await().atMost(PATIENCE).until(() -> owner(client, cart).isEmpty());
        assertThat(client.clusters().list())
                .as("silence is not of this time")
                .allMatch(each -> each.cluster().state() == ClusterState.HEALTHY);
    }

    @Test
    void aLeaderThatIsPausedIsFollowedByAnotherAndKeepsNothingFromAClient(
            EmbeddedStaddle staddle, StaddleClient client) {
        ServerId first = staddle.awaitLeader();
        staddle.pause(first);
        Answer.Grant grant = client.grains().acquire(GrainId.parse("cart/paused"), EU).orThrow();
        assertThat(grant.epoch()).isEqualTo(new Epoch(1));
        assertThat(staddle.awaitLeader()).isNotEqualTo(first);
        staddle.heal();
        assertThat(owner(client, GrainId.parse("cart/paused"))).contains(EU);
    }

    @Test
    void aLeaderThatIsCutOffAnswersNothingThatMayBeOld(
            EmbeddedStaddle staddle, StaddleClient client) {
        GrainId cart = GrainId.parse("cart/cut");
        client.grains().acquire(cart, EU).orThrow();
        staddle.cutOff(staddle.awaitLeader());
        assertThat(client.grains().reassign(cart, EU, new Epoch(1)).orThrow().epoch())
                .isEqualTo(new Epoch(2));
        assertThat(client.grains().lookup(cart).epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void aServerThatWasStoppedComesBackWithItsData(EmbeddedStaddle staddle, StaddleClient client) {
        ServerId first = staddle.awaitLeader();
        staddle.stop(first);
        client.grains().acquire(GrainId.parse("cart/stopped"), EU).orThrow();
        staddle.heal();
        staddle.transferLeadership(first);
        assertThat(staddle.awaitLeader()).isEqualTo(first);
        assertThat(owner(client, GrainId.parse("cart/stopped"))).contains(EU);
    }

    @Test
    void aWatchThatIsToldSoonestIsWithTheLeader(EmbeddedStaddle staddle, StaddleClient client)
            throws InterruptedException {
        GrainType type = new GrainType("told-soonest");
        BlockingQueue<Revision> told = new LinkedBlockingQueue<>();
        WatchOptions options =
                WatchOptions.FROM_NOW.only(EventFilter.grains(type, "")).toldSoonest();
        ServerId leader = staddle.awaitLeader();
        client.grains().acquire(new GrainId(type, "0"), EU).orThrow();
        CountDownLatch begun = new CountDownLatch(1);
        try (Watch watch =
                client.events()
                        .watch(
                                options,
                                news -> {
                                    if (news instanceof Watched.Change change) {
                                        told.add(change.revision());
                                    }
                                    begun.countDown();
                                })) {
            // It begins with a mark; what happens before that is not from now on.
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            for (ServerId server : staddle.servers()) {
                if (!server.equals(leader)) {
                    staddle.pause(server);
                    GrainId grain = new GrainId(type, server.value());
                    long index = client.grains().acquire(grain, EU).orThrow().since().index();
                    Revision first = told.poll(60, TimeUnit.SECONDS);
                    assertThat(first).isNotNull();
                    assertThat(first.index()).isEqualTo(index);
                    told.clear();
                    staddle.heal();
                }
            }
            assertThat(watch.ended()).isNotDone();
        }
    }

    private static Optional<ClusterId> owner(StaddleClient client, GrainId grain) {
        return client.grains().lookup(grain) instanceof Ownership.Owned owned
                ? Optional.of(owned.by())
                : Optional.empty();
    }
}
