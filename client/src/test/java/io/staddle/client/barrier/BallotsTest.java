package io.staddle.client.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.command.BarrierCommand.AckBarrier;
import io.staddle.api.id.BarrierId;
import io.staddle.api.id.NodeId;
import io.staddle.api.model.BarrierRecord;
import io.staddle.api.model.Vote;
import io.staddle.client.Result;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/// Which votes travel together. What is sent is only written down here.
@Timeout(60)
final class BallotsTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final List<List<String>> sent = Collections.synchronizedList(new ArrayList<>());

    @Test
    void votesOfAllGoTogetherAndEachHearsOfItsOwn() {
        Ballots ballots = new Ballots(this::send, LONG);
        List<CompletableFuture<String>> said =
                IntStream.range(0, 40).mapToObj(i -> cast(ballots, "p" + i, 40)).toList();
        for (int i = 0; i < 40; i++) {
            assertThat(said.get(i).join()).isEqualTo("unknown p" + i);
        }
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst()).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void whoIsReadyDoesNotWaitForWhoIsNot() {
        Ballots ballots = new Ballots(this::send, Duration.ofMillis(1));
        assertThat(cast(ballots, "p1", 3).join()).isEqualTo("unknown p1");
        assertThat(cast(ballots, "p2", 3).join()).isEqualTo("unknown p2");
        assertThat(sent).containsExactly(List.of("p1"), List.of("p2"));
    }

    @Test
    void whoIsAloneDoesNotWait() {
        Ballots ballots = new Ballots(this::send, LONG);
        assertThat(cast(ballots, "p1", 1).join()).isEqualTo("unknown p1");
        assertThat(cast(ballots, "p2", 0).join()).isEqualTo("unknown p2");
    }

    @Test
    void aFailureIsTheFailureOfAllThatWentTogether() {
        Ballots ballots =
                new Ballots(
                        votes -> {
                            throw new IllegalStateException("no leader for " + votes.size());
                        },
                        LONG);
        CompletableFuture<String> one = cast(ballots, "p1", 2);
        CompletableFuture<String> other = cast(ballots, "p2", 2);
        assertThatThrownBy(one::join)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("no leader for 2");
        assertThatThrownBy(other::join).hasRootCauseMessage("no leader for 2");
    }

    @Test
    void whoIsInterruptedWhileItGathersSendsAllTheSame() {
        Ballots ballots = new Ballots(this::send, LONG);
        AtomicReference<Thread> first = new AtomicReference<>();
        CompletableFuture<String> interrupted =
                CompletableFuture.supplyAsync(
                        () -> {
                            first.set(Thread.currentThread());
                            String said = say(ballots, "p1", 3);
                            return said + " " + Thread.currentThread().isInterrupted();
                        },
                        task -> Thread.ofPlatform().start(task));
        Awaitility.await()
                .until(() ->
                        first.get() != null
                                && first.get().getState() == Thread.State.TIMED_WAITING);
        first.get().interrupt();
        assertThat(interrupted.join()).isEqualTo("unknown p1 true");
    }

    private static CompletableFuture<String> cast(Ballots ballots, String node, int company) {
        return CompletableFuture.supplyAsync(
                () -> say(ballots, node, company), task -> Thread.ofVirtual().start(task));
    }

    private static String say(Ballots ballots, String node, int company) {
        AckBarrier vote =
                new AckBarrier(
                        new BarrierId(FakeBarriers.SCOPE, 1),
                        new NodeId(node),
                        1,
                        new Vote.Prepared(OptionalLong.empty()));
        return switch (ballots.cast(vote, company)) {
            case Result.Unknown<BarrierRecord> unknown -> "unknown " + unknown.why();
            case Result.Done<BarrierRecord> done -> "done";
            case Result.Refused<BarrierRecord> refused -> "refused";
        };
    }

    private List<Result<BarrierRecord>> send(List<AckBarrier> votes) {
        sent.add(votes.stream().map(vote -> vote.node().value()).toList());
        return votes.stream()
                .<Result<BarrierRecord>>map(vote -> new Result.Unknown<>(vote.node().value()))
                .toList();
    }
}
