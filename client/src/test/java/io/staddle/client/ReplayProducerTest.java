package io.staddle.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;

import io.staddle.api.id.ClusterId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.model.WriteFate;
import io.staddle.api.refusal.Refusal;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

final class ReplayProducerTest {
    private static final ClusterId US = new ClusterId("us-1");
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void writesStandInOrderWithNumbersThatFollowEachOther() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            FakeQueue queue = new FakeQueue();
            server.with(queue);
            ReplayProducer producer = client.replay().producer(Fixture.EU, US);
            ReplayReceipt first = producer.append(draft("a")).orThrow();
            List<Result<ReplayReceipt>> more = producer.appendAll(drafts("b", "c"));
            assertThat(first.fate()).isEqualTo(new WriteFate.Appended(1));
            assertThat(more.get(1).orThrow().fate()).isEqualTo(new WriteFate.Appended(3));
            assertThat(more.get(1).orThrow().id().seq()).isEqualTo(first.id().seq() + 2);
            assertThat(queue.values()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void whatGathersWhileOneAppendIsUnderWayGoesTogetherInOrder() {
        FakeQueue queue = new FakeQueue();
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.patientClientOf(server)) {
            ReplayProducer producer = client.replay().producer(Fixture.EU, US);
            producer.append(draft("first")).orThrow();
            server.become(Role.inTurn(Role.holds(), Role.leads()));
            List<CompletableFuture<Result<ReplayReceipt>>> sent = new ArrayList<>();
            IntStream.range(0, 500).forEach(i -> sent.add(producer.async().append(draft("v" + i))));
            await().until(() -> {
                server.release();
                return sent.getLast().isDone();
            });
            assertThat(queue.values().subList(1, 501))
                    .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "v" + i).toList());
            assertThat(queue.appends()).hasSizeLessThan(6);
        }
    }

    @Test
    void anAppendWhoseAnswerWasLostIsRepeatedAndDoublesNothing() {
        FakeQueue queue = new FakeQueue();
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            ReplayProducer producer = client.replay().producer(Fixture.EU, US);
            producer.append(draft("a")).orThrow();
            server.become(Role.inTurn(Role.losesAnswers(), Role.losesAnswers(), Role.leads()));
            assertThat(producer.append(draft("b")).orThrow().fate())
                    .isEqualTo(new WriteFate.Known());
            assertThat(queue.values()).containsExactly("a", "b");
        }
    }

    @Test
    void aFullQueueIsTriedAgainUntilThereIsRoom() {
        FakeQueue queue = new FakeQueue();
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            queue.bound(3);
            AsyncReplayProducer producer = client.replay().producer(Fixture.EU, US).async();
            List<CompletableFuture<Result<ReplayReceipt>>> sent =
                    drafts("a", "b", "c", "d", "e").stream().map(producer::append).toList();
            await().until(() -> queue.values().size() == 3);
            assertThat(sent.get(3)).isNotDone();
            queue.bound(5);
            assertThat(sent.getLast().join().orThrow().fate()).isEqualTo(new WriteFate.Appended(5));
            assertThat(queue.values()).containsExactly("a", "b", "c", "d", "e");
        }
    }

    @Test
    void aQueueThatStaysFullIsARefusalAtTheDeadline() {
        FakeQueue queue = new FakeQueue();
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            queue.bound(1);
            ReplayProducer producer =
                    client.replay(client.options().within(SHORT)).producer(Fixture.EU, US);
            producer.append(draft("a")).orThrow();
            Result<ReplayReceipt> second = producer.append(draft("b"));
            assertThat(why(second)).isInstanceOf(Refusal.BufferFull.class);
            queue.bound(9);
            producer.append(draft("c")).orThrow();
            assertThat(queue.values()).containsExactly("a", "c");
        }
    }

    @Test
    void theNextProducerGoesOnAboveWhateverTheLastOneSent() {
        FakeQueue queue = new FakeQueue();
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient first = Fixture.clientOf(server);
                StaddleClient second = Fixture.clientOf(server)) {
            ReplayProducer producer = first.replay().producer(Fixture.EU, US);
            long last = producer.append(draft("a")).orThrow().id().seq();
            server.become(Role.inTurn(Role.holds(), Role.leads()));
            CompletableFuture<Result<ReplayReceipt>> late = producer.async().append(draft("late"));
            await().until(() -> server.writes().size() == 3);

            ReplayProducer next = second.replay().producer(Fixture.EU, US);
            assertThat(next.append(draft("b")).orThrow().id().seq()).isGreaterThan(last + 1_000);
            server.release();
            next.append(draft("c")).orThrow();
            assertThat(late.join()).isInstanceOf(Result.Unknown.class);
            assertThat(queue.values()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void aProducerThatLivesOnFindsItselfSuperseded() {
        FakeQueue queue = new FakeQueue();
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.clientOf(server)) {
            ReplayProducer old = client.replay().producer(Fixture.EU, US);
            ReplayProducer young = client.replay().producer(Fixture.EU, US);
            old.append(draft("a")).orThrow();
            young.append(draft("b")).orThrow();
            assertThat(old.append(draft("c"))).isInstanceOf(Result.Unknown.class);
            assertThatThrownBy(() -> old.append(draft("d")))
                    .isInstanceOf(StaddleSupersededException.class)
                    .hasMessageContaining("us-1");
            young.append(draft("e")).orThrow();
            assertThat(queue.values()).containsExactly("a", "b", "e");
        }
    }

    @Test
    void theNumbersOfAnUnknownOutcomeAreNeverUsedAgain() {
        FakeQueue queue = new FakeQueue();
        try (FakeServer server = FakeServer.playing(Role.leads()).with(queue);
                StaddleClient client = Fixture.patientClientOf(server)) {
            ReplayProducer producer =
                    client.replay(client.options().within(SHORT)).producer(Fixture.EU, US);
            producer.append(draft("a")).orThrow();
            server.become(Role.holds());
            assertThat(producer.append(draft("lost"))).isInstanceOf(Result.Unknown.class);
            awaitQuiet(server);
            server.become(Role.leads());
            producer.append(draft("b")).orThrow();
            server.release();
            producer.append(draft("c")).orThrow();
            assertThat(queue.values()).containsExactly("a", "b", "c");
        }
    }

    /// What was sent may come after its caller has given up.
    private static void awaitQuiet(FakeServer server) {
        AtomicLong seen = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(200))
                .until(() -> seen.getAndSet(server.requests()) == server.requests());
    }

    @Test
    void whatIsRefusedIsSaidAndNotRepeated() {
        try (FakeServer server = FakeServer.playing(Role.leads());
                StaddleClient client = Fixture.clientOf(server)) {
            ReplayQueues queues = client.replay();
            ReplayProducer failed = queues.producer(Fixture.EU, new ClusterId("failed"));
            ReplayProducer nowhere = queues.producer(new ClusterId("mars"), US);
            assertThat(why(failed.append(draft("a")))).isInstanceOf(Refusal.ClusterDraining.class);
            assertThat(why(nowhere.append(draft("a"))))
                    .isEqualTo(new Refusal.NotFound("cluster", "mars"));
            assertThatThrownBy(() -> queues.status(new ClusterId("mars")))
                    .isInstanceOf(StaddleRefusedException.class);
        }
    }

    @Test
    void withoutAServerAWriteIsSurelyNotAppended() {
        try (FakeServer server = FakeServer.playing(Role.notLeader());
                StaddleClient client = Fixture.clientWithin(SHORT, server)) {
            ReplayProducer producer = client.replay().producer(Fixture.EU, US);
            assertThatThrownBy(() -> producer.append(draft("a")))
                    .isInstanceOf(StaddleUnavailableException.class);
        }
    }

    @Test
    void whatIsHeldIsBounded() {
        try (FakeServer server = FakeServer.playing(Role.holds());
                StaddleClient client = Fixture.patientClientOf(server)) {
            AsyncReplayProducer producer = client.replay().producer(Fixture.EU, US).async();
            ReplayDraft large = ReplayDraft.of("k", ByteString.copyFrom(new byte[(2 << 20) - 1]));
            List<CompletableFuture<Result<ReplayReceipt>>> sent =
                    IntStream.range(0, 8).mapToObj(i -> producer.append(large)).toList();
            assertThat(sent.subList(0, 7)).noneMatch(CompletableFuture::isDone);
            assertThatThrownBy(() -> sent.get(7).getNow(new Result.Unknown<>("waits")))
                    .hasCauseInstanceOf(StaddleOverloadedException.class);
            assertThatThrownBy(() -> ReplayDraft.of("k", large.value().concat(large.value())))
                    .isInstanceOf(MalformedException.class);
        }
    }

    private static Refusal why(Result<ReplayReceipt> result) {
        if (result instanceof Result.Refused<ReplayReceipt> refused) {
            return refused.why();
        }
        throw new AssertionError(result);
    }

    private static List<ReplayDraft> drafts(String... values) {
        return List.of(values).stream().map(ReplayProducerTest::draft).toList();
    }

    private static ReplayDraft draft(String value) {
        return ReplayDraft.of("k", ByteString.copyFromUtf8(value));
    }
}
