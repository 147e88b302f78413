package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.staddle.api.id.GrainId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

final class CallObserverTest {
    private final List<String> ended = new CopyOnWriteArrayList<>();

    @Test
    void eachCallIsToldWithWhatItAskedAndHowItEnded() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = observed(server.endpoint(), Fixture.AMPLE)) {
            client.grains().acquire(Fixture.CART, Fixture.EU).orThrow();
            client.grains().acquire(GrainId.of("cart", "refused"), Fixture.EU);
            client.grains().lookup(Fixture.CART);
            await().until(() -> ended.size() == 3);
            assertThat(ended)
                    .containsExactly("COMMAND ANSWERED", "COMMAND REFUSED", "QUERY ANSWERED");
        }
    }

    @Test
    void aCallThatNobodyTookHasFailed() {
        try (StaddleClient client = observed(Fixture.nowhere(), Duration.ofMillis(100))) {
            assertThatThrownBy(() -> client.grains().acquire(Fixture.CART, Fixture.EU))
                    .isInstanceOf(StaddleUnavailableException.class);
            await().until(() -> ended.equals(List.of("COMMAND FAILED")));
        }
    }

    @Test
    void whatAnObserverThrowsIsNoConcernOfTheCaller() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client =
                        StaddleClient.builder()
                                .endpoints(server.endpoint().toString())
                                .deadline(Fixture.AMPLE)
                                .observer((kind, end, nanos) -> {
                                    throw new IllegalStateException("as a test wants it");
                                })
                                .build()) {
            client.grains().acquire(Fixture.CART, Fixture.EU).orThrow();
            client.grains().acquire(Fixture.CART, Fixture.EU).orThrow();
        }
    }

    private StaddleClient observed(Endpoint endpoint, Duration deadline) {
        return StaddleClient.builder()
                .endpoints(endpoint.toString())
                .deadline(deadline)
                .observer((kind, end, nanos) -> ended.add(kind + " " + end))
                .build();
    }
}
