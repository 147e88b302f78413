package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.staddle.api.v1.AckReplay;
import io.staddle.api.v1.AppendReplay;
import io.staddle.api.v1.Outcome;
import io.staddle.api.v1.PeekReplayAnswer;
import io.staddle.api.v1.PeekReplayRequest;
import io.staddle.api.v1.ReplayGrpc;
import io.staddle.api.v1.ReplayStatus;
import io.staddle.api.v1.ReplayStatusAnswer;
import io.staddle.api.v1.ReplayStatusRequest;
import io.staddle.api.v1.ReplayWrite;
import io.staddle.api.v1.SettleReplay;
import io.staddle.api.v1.TruncateReplay;
import io.staddle.api.v1.WriteFate.Kind;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// Replay queues over real sockets, with a real machine; only the quorum is a fake.
final class ReplayServiceTest {
    @TempDir Path directory;
    private ServedQuorum served;
    private ReplayGrpc.ReplayBlockingStub replay;

    @BeforeEach
    void start() {
        served = new ServedQuorum(directory, "limits: {page-size: 100}");
        replay = served.stub(ReplayGrpc.ReplayBlockingStub.class);
        assertThat(served.register("eu").hasCluster()).isTrue();
        assertThat(served.register("us").hasCluster()).isTrue();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void whatIsAppendedIsShownUntilItIsAcknowledged() {
        Outcome appended = replay.append(append(3, "x"));
        assertThat(appended.getAppendedReplay().getFatesList())
                .extracting(fate -> fate.getKind() + " " + fate.getSeq())
                .containsExactly("KIND_APPENDED 1", "KIND_APPENDED 2", "KIND_APPENDED 3");
        assertThat(replay.append(append(3, "x")).getAppendedReplay().getFates(2).getKind())
                .isEqualTo(Kind.KIND_KNOWN);

        PeekReplayAnswer page = replay.peek(peek().build());
        assertThat(page.getEntriesList())
                .extracting(each -> each.getSeq() + " " + each.getWrite().getValue().toStringUtf8())
                .containsExactly("1 x", "2 x", "3 x");
        assertThat(page.getQueue().getEntries()).isEqualTo(3);
        assertThat(replay.peek(peek().setAfterSeq(1).setLimit(1).build()).getEntries(0).getSeq())
                .isEqualTo(2);

        Outcome acked =
                replay.acknowledge(
                        AckReplay.newBuilder()
                                .setTarget("eu")
                                .setThroughSeq(2)
                                .setConsumer("c")
                                .build());
        assertThat(acked.getReplayQueue().getAckedSeq()).isEqualTo(2);
        assertThat(replay.peek(peek().build()).getEntriesList()).hasSize(1);
    }

    @Test
    void aPageIsBoundedInEntriesAndBytes() {
        String value = "x".repeat(60_000);
        replay.append(append(30, value));

        assertThat(replay.peek(peek().build()).getEntriesCount()).isEqualTo(17);
        assertThat(replay.peek(peek().setMaxBytes(1).build()).getEntriesCount()).isOne();
        assertThat(replay.peek(peek().setMaxBytes(2 << 20).build()).getEntriesCount())
                .isEqualTo(30);
        assertThat(statusOf(() -> replay.peek(peek().setMaxBytes((2 << 20) + 1).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(statusOf(() -> replay.peek(peek().setLimit(101).build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(statusOf(() -> replay.peek(peek().setTarget("no/name").build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void aStatusTellsAgeMarksAndBounds() {
        replay.append(append(2, "x"));
        replay.settle(
                SettleReplay.newBuilder()
                        .setTarget("eu")
                        .setOriginCluster("us")
                        .setThrough(9)
                        .build());

        ReplayStatus status = replay.status(status("eu")).getQueues(0);

        assertThat(status.getQueue().getNextSeq()).isEqualTo(3);
        assertThat(status.getQueue().getBytes()).isEqualTo(4);
        assertThat(status.getOldestAgeMillis()).isPositive();
        assertThat(status.getOrigins(0).getOriginCluster()).isEqualTo("us");
        assertThat(status.getOrigins(0).getHighest()).isEqualTo(9);
        assertThat(status.getOrigins(0).getSettled()).isEqualTo(9);
        assertThat(replay.status(status("us")).getQueues(0).getQueue().getNextSeq()).isOne();
        assertThat(replay.status(status("")).getQueuesList())
                .extracting(each -> each.getQueue().getTarget())
                .containsExactly("eu");
        assertThat(served.metrics.scrape()).contains("staddle_replay_entries{cluster=\"eu\"} 2.0");
    }

    @Test
    void aClusterThatNobodyKnowsIsARefusalInTheAnswer() {
        ReplayStatusAnswer status = replay.status(status("mars"));
        PeekReplayAnswer page = replay.peek(peek().setTarget("mars").build());
        Outcome truncated =
                replay.truncate(
                        TruncateReplay.newBuilder()
                                .setTarget("mars")
                                .setThroughSeq(1)
                                .setReason("drill")
                                .build());

        assertThat(status.getRefusal().getCode()).isEqualTo("NOT_FOUND");
        assertThat(page.getRefusal().getCode()).isEqualTo("NOT_FOUND");
        assertThat(truncated.getRefusal().getCode()).isEqualTo("NOT_FOUND");
    }

    private static AppendReplay append(int writes, String value) {
        AppendReplay.Builder append = AppendReplay.newBuilder().setTarget("eu");
        for (int seq = 1; seq <= writes; seq++) {
            append.addWrites(
                    ReplayWrite.newBuilder()
                            .setOriginCluster("us")
                            .setOriginSeq(seq)
                            .setKey("k")
                            .setValue(ByteString.copyFromUtf8(value)));
        }
        return append.build();
    }

    private static PeekReplayRequest.Builder peek() {
        return PeekReplayRequest.newBuilder().setTarget("eu");
    }

    private static ReplayStatusRequest status(String target) {
        return ReplayStatusRequest.newBuilder().setTarget(target).build();
    }

    private static Status.Code statusOf(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
    }
}
