package io.staddle.dataplane.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.VShardId;
import io.staddle.api.model.Membership;
import io.staddle.client.migration.Serving;

import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/// Writes of many threads, to a group whose log answers when it is let.
@Timeout(60)
final class WriteQueueTest {
    private static final Serving A = new Serving(new NodeId("a"), new Epoch(1));
    private static final Serving B = new Serving(new NodeId("b"), new Epoch(1));
    private static final VShardId SERVED = new VShardId(1);
    private static final VShardId PAUSED = new VShardId(2);

    private final GroupState state = new GroupState();
    private final List<GroupCommand> entries = Collections.synchronizedList(new ArrayList<>());
    private final List<String> applied = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore answers = new Semaphore(0);
    private final WriteQueue queue = new WriteQueue(this::apply);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean broken;

    @Test
    void whatWaitsMeanwhileGoesTogetherAndEachGetsItsOwnAnswer() throws Exception {
        serve();
        List<CompletableFuture<GroupAnswer>> all = new ArrayList<>();
        all.add(writes(SERVED, A, "first"));
        awaitEntries(1);
        all.add(writes(SERVED, A, "second"));
        all.add(writes(PAUSED, A, "third"));
        all.add(writes(SERVED, B, "fourth"));
        awaitThreads(3);
        answers.release(2);

        assertThat(all.get(0).get()).isEqualTo(wrote("first"));
        assertThat(all.get(1).get()).isEqualTo(wrote("second"));
        assertThat(all.get(2).get()).isEqualTo(new GroupAnswer.Paused());
        assertThat(all.get(3).get()).isEqualTo(new GroupAnswer.NotServed(A));
        assertThat(applied).containsExactly("first", "second");
        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst()).isInstanceOf(GroupCommand.Write.class);
    }

    @Test
    void nobodyKnowsOfAnyOfThoseWhoseEntryWasNotAnswered() throws Exception {
        serve();
        CompletableFuture<GroupAnswer> first = writes(SERVED, A, "first");
        awaitEntries(1);
        List<CompletableFuture<GroupAnswer>> lost =
                List.of(writes(SERVED, A, "second"), writes(SERVED, A, "third"));
        awaitThreads(2);
        answers.release();
        awaitEntries(2);
        assertThat(first.get()).isEqualTo(wrote("first"));
        broken = true;
        answers.release();
        for (CompletableFuture<GroupAnswer> each : lost) {
            assertThatThrownBy(each::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("was not answered");
        }
        broken = false;
        answers.release();
        assertThat(queue.write(write(SERVED, A, "later"))).isEqualTo(wrote("later"));
    }

    @Test
    void writesThatWouldAllBeRefusedAreKeptOutOfTheLog() {
        serve();
        GroupCommand.Write paused = write(PAUSED, A, "x");
        GroupCommand.Write notServed = write(SERVED, B, "x");
        assertThat(state.refusal(new GroupCommand.Writes(List.of(paused, notServed))))
                .contains(
                        new GroupAnswer.Each(
                                List.of(new GroupAnswer.Paused(), new GroupAnswer.NotServed(A))));
        assertThat(state.refusal(new GroupCommand.Writes(List.of(paused, write(SERVED, A, "x")))))
                .isEmpty();
    }

    private void serve() {
        apply(new GroupCommand.Serve(SERVED, A), 1);
        apply(new GroupCommand.Serve(PAUSED, A), 2);
        Attempt attempt = new Attempt(PAUSED, 1, new NodeId("b"), Membership.NONE);
        apply(new GroupCommand.Step(GroupCommand.Kind.PAUSE, attempt), 3);
    }

    /// As a log does: by way of its bytes.
    private GroupAnswer apply(GroupCommand command) throws IOException {
        entries.add(command);
        answers.acquireUninterruptibly();
        if (broken) {
            throw new IOException("the leader is gone");
        }
        return apply(command, 10 + entries.size());
    }

    private GroupAnswer apply(GroupCommand command, long index) {
        GroupAnswer answer =
                state.apply(
                        GroupCodec.decodeCommand(GroupCodec.encode(command)),
                        1,
                        index,
                        (vShard, payload) -> {
                            applied.add(payload.toStringUtf8());
                            return payload;
                        });
        return GroupCodec.decodeAnswer(GroupCodec.encode(answer));
    }

    private CompletableFuture<GroupAnswer> writes(VShardId vShard, Serving as, String text) {
        CompletableFuture<GroupAnswer> answer = new CompletableFuture<>();
        threads.add(
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                answer.complete(queue.write(write(vShard, as, text)));
                            } catch (IOException e) {
                                answer.completeExceptionally(e);
                            }
                        }));
        return answer;
    }

    /// Waits until so many threads wait for their turn.
    private void awaitThreads(int count) {
        while (threads.stream()
                        .skip(1)
                        .filter(each -> each.getState() == Thread.State.WAITING)
                        .count()
                < count) {
            Thread.onSpinWait();
        }
    }

    private void awaitEntries(int count) {
        while (entries.size() < count) {
            Thread.onSpinWait();
        }
    }

    private static GroupCommand.Write write(VShardId vShard, Serving as, String text) {
        return new GroupCommand.Write(vShard, as, ByteString.copyFromUtf8(text));
    }

    private static GroupAnswer wrote(String text) {
        return new GroupAnswer.Wrote(ByteString.copyFromUtf8(text));
    }
}
