package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.staddle.api.answer.Answer;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

final class ClientCloseTest {
    @Test
    void closingEndsWhatHasNoAnswerAndTheThread() {
        try (FakeServer server = FakeServer.playing(Role.leads())) {
            StaddleClient client = Fixture.clientOf(server);
            client.grains().acquire(Fixture.CART, Fixture.EU).orThrow();
            server.become(Role.holds());
            List<CompletableFuture<Result<Answer.Grant>>> calls =
                    IntStream.range(0, 100)
                            .mapToObj(i ->
                                    client.grains().async().acquire(Fixture.cart(i), Fixture.EU))
                            .toList();
            await().until(() -> server.writes().size() > 1);
            client.close();
            client.close();
            for (CompletableFuture<Result<Answer.Grant>> call : calls) {
                assertThatThrownBy(call::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(StaddleClosedException.class);
            }
            // Netty says that a loop has ended just before its thread does.
            await().untilAsserted(() ->
                    assertThat(Thread.getAllStackTraces().keySet())
                            .noneMatch(thread -> thread.getName().startsWith("staddle-client")));
        }
    }

    @Test
    void aCallAfterTheCloseFails() {
        try (FakeServer server = FakeServer.playing(Role.leads())) {
            StaddleClient client = Fixture.clientOf(server);
            client.close();
            assertThatThrownBy(() -> client.grains().lookup(Fixture.CART))
                    .isInstanceOf(StaddleClosedException.class);
            assertThatThrownBy(() -> client.clusters().list())
                    .isInstanceOf(StaddleClosedException.class);
        }
    }

    @Test
    void anInterruptedCallerStopsWaiting() throws InterruptedException {
        try (FakeServer server = FakeServer.playing(Role.holds());
                StaddleClient client = Fixture.clientOf(server)) {
            CompletableFuture<Throwable> seen = new CompletableFuture<>();
            Thread caller =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    client.grains().lookup(Fixture.CART);
                                } catch (StaddleInterruptedException stop) {
                                    assertThat(Thread.currentThread().isInterrupted()).isTrue();
                                    seen.complete(stop);
                                }
                            });
            await().until(() -> server.requests() == 1);
            caller.interrupt();
            caller.join();
            assertThat(seen).isCompleted();
        }
    }
}
