package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.staddle.api.answer.Answer;
import io.staddle.api.command.DirectoryCommand;
import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.model.Ownership;
import io.staddle.api.query.Consistency;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

final class ClientBatchingTest {
    @Test
    void anIdleClientSendsEachCallAlone() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.patientClientOf(server)) {
            for (int i = 0; i < 5; i++) {
                client.grains().acquire(Fixture.cart(i), Fixture.EU).orThrow();
            }
            assertThat(server.writes()).containsExactly(1, 1, 1, 1, 1);
        }
    }

    @Test
    void callsOfABusyClientTravelTogether() {
        try (FakeServer server = FakeServer.playing(Role.holds());
                StaddleClient client = Fixture.patientClientOf(server)) {
            List<CompletableFuture<Result<Answer.Grant>>> calls = acquire(client, 1_000);
            await().until(() -> server.writes().equals(List.of(1)));

            server.become(Role.leads());
            server.release();

            calls.forEach(call -> assertThat(call.join()).isInstanceOf(Result.Done.class));
            assertThat(server.writes()).containsExactly(1, 512, 487);
        }
    }

    @Test
    void noMoreRequestsThanAllowedAreUnderWay() {
        try (FakeServer server = FakeServer.playing(Role.inTurn(Role.leads(), Role.holds()));
                StaddleClient client = Fixture.patientClientOf(server)) {
            int most = Route.COMMANDS.attemptsMax();
            client.grains().acquire(Fixture.CART, Fixture.EU).orThrow();
            List<CompletableFuture<Result<Answer.Grant>>> calls = acquire(client, 2_000);
            await().until(() -> server.writes().size() == 1 + most);
            assertThat(calls).noneMatch(CompletableFuture::isDone);

            server.become(Role.leads());
            server.release();

            calls.forEach(call -> call.join().orThrow());
            assertThat(server.writes()).hasSizeLessThan(10);
        }
    }

    @Test
    void lookupsAndFenceChecksTravelTogether() {
        try (FakeServer server = FakeServer.playing(Role.holds());
                StaddleClient client = Fixture.patientClientOf(server)) {
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Held held = new Held(Fixture.cart(i), Fixture.EU, new Epoch(7));
                calls.add(client.grains().async().lookup(Fixture.cart(i)));
                calls.add(client.grains().async().checkFence(held));
            }
            await().until(() -> server.reads().size() == 1);

            server.become(Role.leads());
            server.release();

            calls.forEach(CompletableFuture::join);
            assertThat(server.reads()).containsExactly(1, 99);
        }
    }

    @Test
    void largeCommandsAreBoundedInBytes() {
        try (FakeServer server = FakeServer.playing(Role.holds());
                StaddleClient client = Fixture.patientClientOf(server)) {
            String reason = "x".repeat(512);
            CallOptions wordy = client.options().because(reason).by(reason).as(reason);
            List<CompletableFuture<Result<Answer.Grant>>> calls = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                GrainId grain = GrainId.of("cart", i + "k".repeat(500));
                calls.add(client.grains(wordy).async().acquire(grain, Fixture.EU));
            }
            await().until(() -> server.writes().size() == 1);
            server.become(Role.leads());
            server.release();
            calls.forEach(call -> call.join().orThrow());
            // 512 of these are more than a mebibyte.
            assertThat(Collections.max(server.writes())).isBetween(400, 511);
        }
    }

    @Test
    void aBulkIsAnsweredInItsOrder() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.patientClientOf(server)) {
            List<DirectoryCommand> commands =
                    IntStream.range(0, 10_000)
                            .<DirectoryCommand>mapToObj(i ->
                                    new DirectoryCommand.Acquire(Fixture.cart(i), Fixture.EU, 0))
                            .toList();
            List<Result<Answer>> results = client.grains().carryOut(commands);
            assertThat(results).hasSize(10_000);
            for (int i = 0; i < results.size(); i++) {
                Answer.Grant grant = (Answer.Grant) results.get(i).orThrow();
                assertThat(grant.grain()).isEqualTo(Fixture.cart(i));
            }
            List<Observed<Ownership>> owners =
                    client.grains()
                            .lookupAll(
                                    IntStream.range(0, 5_000).mapToObj(Fixture::cart).toList(),
                                    Consistency.STALE);
            for (int i = 0; i < owners.size(); i++) {
                assertThat(owners.get(i).value().grain()).isEqualTo(Fixture.cart(i));
            }
            assertThat(owners).hasSize(5_000);
        }
    }

    @Test
    void anEmptyBulkIsAnsweredWithoutACall() {
        try (FakeServer server = FakeServer.playing(Role.dies());
                StaddleClient client = Fixture.patientClientOf(server)) {
            assertThat(client.grains().carryOut(List.of())).isEmpty();
        }
    }

    @Test
    void aFullClientFailsAsynchronousCallsAtOnceAndLetsBlockingOnesWait() throws Exception {
        try (FakeServer server = FakeServer.playing(Role.holds());
                StaddleClient client =
                        StaddleClient.builder()
                                .endpoints(server.endpoint().toString())
                                .deadline(Fixture.AMPLE)
                                .callsMax(10)
                                .patience(Fixture.AMPLE)
                                .build()) {
            List<CompletableFuture<Result<Answer.Grant>>> calls = acquire(client, 10);
            assertThatThrownBy(() -> client.grains().async().lookup(Fixture.CART).get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(StaddleOverloadedException.class);
            CallOptions hurried = client.options().within(Duration.ofMillis(50));
            assertThatThrownBy(() -> client.grains(hurried).lookup(Fixture.CART))
                    .isInstanceOf(StaddleOverloadedException.class)
                    .hasMessageContaining("all 10 calls");

            CompletableFuture<Ownership> patient =
                    CompletableFuture.supplyAsync(() -> client.grains().lookup(Fixture.CART));
            server.become(Role.leads());
            await().until(() -> server.requests() > 0);
            server.release();
            assertThat(patient.get().grain()).isEqualTo(Fixture.CART);
            calls.forEach(call -> call.join().orThrow());
        }
    }

    @Test
    void aCancelledCallLeavesRoomAndIsNotSent() {
        try (FakeServer server = FakeServer.playing(Role.holds());
                StaddleClient client = Fixture.patientClientOf(server)) {
            List<CompletableFuture<Result<Answer.Grant>>> calls = acquire(client, 100);
            await().until(() -> server.writes().size() == 1);
            calls.subList(50, 100).forEach(call -> call.cancel(false));
            server.become(Role.leads());
            server.release();
            calls.subList(0, 50).forEach(call -> call.join().orThrow());
            assertThat(server.keys())
                    .hasSize(50)
                    .doesNotContain(Fixture.cart(50).key(), Fixture.cart(99).key());
        }
    }

    @Test
    void aBlockingCallOnTheIoThreadIsRefusedInsteadOfWaitingForItself() {
        try (FakeServer server = FakeServer.playing(Role.holds());
                StaddleClient client = Fixture.patientClientOf(server)) {
            CompletableFuture<Ownership> nested =
                    client.grains()
                            .async()
                            .lookup(Fixture.CART)
                            .thenApply(first -> client.grains().lookup(first.grain()));
            await().until(() -> server.requests() > 0);
            server.release();
            assertThatThrownBy(nested::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static List<CompletableFuture<Result<Answer.Grant>>> acquire(
            StaddleClient client, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> client.grains().async().acquire(Fixture.cart(i), Fixture.EU))
                .toList();
    }
}
