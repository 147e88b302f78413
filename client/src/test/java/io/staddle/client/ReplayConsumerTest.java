package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.ConsumerId;
import io.staddle.api.model.ReplayEntry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

final class ReplayConsumerTest {
    private static final ClusterId US = new ClusterId("us-1");
    private static final ConsumerId CONSUMER = new ConsumerId("silo-7");

    private final FakeQueue queue = new FakeQueue();
    private final List<String> applied = new CopyOnWriteArrayList<>();

    @Test
    void whatIsThereIsHandedOverInOrderAndAcknowledgedPageByPage() {
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            append(client, 25);
            long count = consumer(client).withPagesOf(10).drain(this::apply);
            assertThat(count).isEqualTo(25);
            assertThat(applied).isEqualTo(queue.values());
            assertThat(queue.queue().ackedSeq()).isEqualTo(25);
            // One to begin with and three acknowledgements, beside the two commands of the
            // producer.
            assertThat(server.writes()).hasSize(5);
            assertThat(consumer(client).drain(this::apply)).isZero();
        }
    }

    @Test
    void anEntryThatCannotBeAppliedStopsTheConsumerAndIsNeverSkipped() {
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            append(client, 5);
            for (int i = 0; i < 2; i++) {
                ReplayStoppedException stopped =
                        catchThrowableOfType(
                                ReplayStoppedException.class,
                                () -> consumer(client).drain(this::applyUnlessThird));
                assertThat(stopped.entry().seq()).isEqualTo(3);
                assertThat(stopped).hasMessageContaining("entry 3").hasMessageContaining("poison");
                assertThat(queue.queue().ackedSeq()).isEqualTo(2);
            }
            assertThat(applied).containsExactly("v0", "v1");
        }
    }

    @Test
    void whatWasAppliedAndNotAcknowledgedIsHandedOverAgain() {
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            append(client, 3);
            StaddleClient crashing = Fixture.clientOf(server);
            assertThatThrownBy(() ->
                            consumer(crashing)
                                    .drain(entry -> {
                                        apply(entry);
                                        crashing.close();
                                    }))
                    .isInstanceOf(StaddleClosedException.class);
            assertThat(queue.queue().ackedSeq()).isZero();
            consumer(client).drain(this::apply);
            assertThat(applied).containsExactly("v0", "v1", "v2", "v0", "v1", "v2");
        }
    }

    @Test
    void itGoesOnWhenSomethingComesAndThroughOutagesUntilItIsClosed() {
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            ReplayQueues hasty = client.replay(client.options().within(Duration.ofMillis(100)));
            ReplayRun run = hasty.consumer(Fixture.EU, CONSUMER).start(this::apply);
            append(client, 2);
            await().until(() -> queue.queue().ackedSeq() == 2);
            server.become(Role.notLeader());
            assertThat(run.ended()).isNotDone();
            server.become(Role.leads());
            append(client, 2);
            await().until(() -> queue.queue().ackedSeq() == 4);
            run.close();
            assertThat(run.ended()).isCompleted();
            assertThat(applied).startsWith("v0", "v1").endsWith("v1");
        }
    }

    @Test
    void aRunEndsWithWhatStoppedIt() {
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            append(client, 3);
            try (ReplayRun poisoned = consumer(client).start(this::applyUnlessThird);
                    ReplayRun lost =
                            client.replay()
                                    .consumer(new ClusterId("mars"), CONSUMER)
                                    .start(this::apply)) {
                assertThatThrownBy(() -> poisoned.ended().join())
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(ReplayStoppedException.class);
                assertThatThrownBy(() -> lost.ended().join())
                        .hasCauseInstanceOf(StaddleRefusedException.class);
            }
        }
    }

    @Test
    void closingInterruptsTheHandlerAndWaitsForIt() throws InterruptedException {
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            append(client, 1);
            CountDownLatch entered = new CountDownLatch(1);
            ReplayRun run =
                    consumer(client)
                            .start(entry -> {
                                entered.countDown();
                                new CountDownLatch(1).await();
                            });
            entered.await();
            run.close();
            assertThat(run.ended()).isCompleted();
            assertThat(queue.queue().ackedSeq()).isZero();
        }
    }

    private static ReplayConsumer consumer(StaddleClient client) {
        return client.replay().consumer(Fixture.EU, CONSUMER);
    }

    private static void append(StaddleClient client, int writes) {
        client.replay()
                .producer(Fixture.EU, US)
                .appendAll(
                        IntStream.range(0, writes)
                                .mapToObj(
                                        i -> ReplayDraft.of("k", ByteString.copyFromUtf8("v" + i)))
                                .toList())
                .forEach(Result::orThrow);
    }

    private void apply(ReplayEntry entry) {
        applied.add(entry.write().value().toStringUtf8());
    }

    private void applyUnlessThird(ReplayEntry entry) {
        if (entry.seq() == 3) {
            throw new IllegalStateException("poison");
        }
        if (!applied.contains(entry.write().value().toStringUtf8())) {
            apply(entry);
        }
    }
}
