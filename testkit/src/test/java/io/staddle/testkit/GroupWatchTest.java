package io.staddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.model.ClusterProfile;
import io.staddle.api.model.ClusterState;
import io.staddle.api.query.EventFilter;
import io.staddle.client.CallObserver;
import io.staddle.client.StaddleClient;
import io.staddle.client.Watch;
import io.staddle.client.WatchOptions;
import io.staddle.client.Watched;
import io.staddle.client.recipe.GroupMembership;
import io.staddle.client.recipe.GroupWatch;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Who watches a group while nobody answers.
@StaddleTest
final class GroupWatchTest {
    private static final ClusterId EU = new ClusterId("eu");
    private static final GrainType GROUP = new GrainType("workers");

    private final List<SortedSet<String>> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void whoCannotReadTheMembersReadsThemLater(EmbeddedStaddle staddle, StaddleClient client) {
        client.clusters()
                .register(EU, new ClusterProfile("", "", 0, true), ClusterState.HEALTHY)
                .orThrow();
        try (StaddleClient hasty =
                        staddle.newClient()
                                .deadline(Duration.ofMillis(500))
                                .observer((_, end, _) -> count(end))
                                .build();
                GroupWatch watch = GroupMembership.watch(hasty, GROUP, this::tell);
                Watch probe =
                        hasty.events()
                                .watch(
                                        WatchOptions.FROM_NOW.only(EventFilter.grains(GROUP, "")),
                                        this::note)) {
            patience().until(() -> told.size() == 1);
            client.grains().acquire(new GrainId(GROUP, "one"), EU).orThrow();
            // So the news has come to the watch, whose listener is busy, as well.
            patience().until(() -> changes.get() > 0);
            staddle.pause(staddle.servers().getFirst());
            goOn.countDown();
            patience().until(() -> failed.get() > 0);
            staddle.heal();
            patience().until(() -> told.contains(Set.of("one")));
            assertThat(watch.ended()).isNotDone();
            assertThat(probe.ended()).isNotDone();
        }
    }

    private void tell(SortedSet<String> members) {
        told.add(members);
        try {
            assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Watched news) {
        if (news instanceof Watched.Change) {
            changes.incrementAndGet();
        }
    }

    private void count(CallObserver.End end) {
        if (end == CallObserver.End.FAILED) {
            failed.incrementAndGet();
        }
    }

    private static ConditionFactory patience() {
        return await().atMost(Duration.ofMinutes(1));
    }
}
