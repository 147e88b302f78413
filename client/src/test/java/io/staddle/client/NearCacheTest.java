package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.v1.WatchAnswer;
import io.staddle.client.cache.NearCache;
import io.staddle.client.cache.NearCacheOptions;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;

/// What a cache asks of the servers, and does when the watch is over; the rest is in `NearCacheIT`.
final class NearCacheTest {
    private final FakeEvents server = new FakeEvents();
    private final StaddleClient client = server.client();
    private final NearCache cache =
            NearCache.open(client, NearCacheOptions.DEFAULT.only(Set.of(new GrainType("cart"))));

    @AfterEach
    void end() {
        cache.close();
        client.close();
        server.close();
    }

    @Test
    void watchesWhatChangesOwnersAndNothingElse() throws Exception {
        FakeEvents.Stream stream = server.next();
        assertThat(stream.request().getFilter().getKindsList())
                .contains("granted", "grain_released", "holding_moved")
                .doesNotContain("lease_renewed");
        assertThat(stream.request().getFilter().getTypesList()).containsExactly("cart");
        assertThat(stream.request().hasFrom()).isFalse();
    }

    @Test
    void knowsHowOldItIs() throws Exception {
        assertThat(cache.status().ageMillis()).isEqualTo(-1);
        server.next().send(mark(7, 300));
        await().until(() -> cache.status().ageMillis() >= 300);
    }

    @Test
    void forgetsAndBeginsAnewAfterAGap() throws Exception {
        FakeEvents.Stream first = server.next();
        first.send(mark(7, 300));
        await().until(() -> cache.status().ageMillis() >= 300);
        first.send(
                WatchAnswer.newBuilder()
                        .setThroughIndex(7)
                        .setTrimmed(WatchAnswer.Trimmed.newBuilder().setFirstKeptIndex(90))
                        .build());

        FakeEvents.Stream second = server.next();
        assertThat(second.request().hasFrom()).isFalse();
        assertThat(cache.status().restarts()).isEqualTo(1);
        assertThat(cache.status().ageMillis()).isEqualTo(-1);
        second.send(mark(95, 100));
        await().until(() -> cache.status().ageMillis() >= 100);
    }

    @Test
    void goesOnWhereItWasWhenAServerIsLost() throws Exception {
        FakeEvents.Stream first = server.next();
        first.send(mark(7, 300));
        await().until(() -> cache.status().ageMillis() >= 300);
        first.fail(Status.UNAVAILABLE);
        FakeEvents.Stream second = server.next();
        assertThat(second.request().getFrom().getIndex()).isEqualTo(8);
        assertThat(cache.status().restarts()).isZero();
    }

    @Test
    void isForTheTypesThatWereNamed() {
        assertThatThrownBy(() -> cache.lookup(GrainId.of("user", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cart");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> NearCacheOptions.DEFAULT.withEntriesMax(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 or more");
        assertThatThrownBy(() -> NearCacheOptions.DEFAULT.withAgeMax(Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 s to 10 min");
    }

    private static WatchAnswer mark(long through, long ageMillis) {
        return WatchAnswer.newBuilder()
                .setThroughIndex(through)
                .setProgress(WatchAnswer.Progress.newBuilder().setAgeMillis(ageMillis))
                .build();
    }
}
