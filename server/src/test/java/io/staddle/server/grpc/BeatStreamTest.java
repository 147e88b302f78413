package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.server.raft.NotLeaderException;
import io.staddle.server.raft.Role;
import io.staddle.server.testing.FakeQuorum;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Optional;

final class BeatStreamTest {
    private static final int MESSAGE_BYTES = 65_536;

    @TempDir Path directory;
    private ServedQuorum served;
    private final BeatAnswers answers = new BeatAnswers();
    private StreamObserver<BeatRequest> beats;

    @BeforeEach
    void start() {
        served = new ServedQuorum(directory, "limits: {message-bytes: " + MESSAGE_BYTES + "}");
        served.register("eu");
        served.register("us");
        beats = served.stub(ClustersGrpc.ClustersStub.class).keepBeating(answers);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void eachBeatIsAnsweredUnderItsNumber() {
        beat("eu", 7);
        beat("us", 3);
        beat("mars", 9);

        await().until(() -> answers.all.size() == 3);
        assertThat(answers.all)
                .extracting(each -> each.getNumber() + " " + each.getCluster().getId())
                .containsExactlyInAnyOrder("7 eu", "3 us", "9 ");
        assertThat(answers.to(9).getRefusal().getCode()).isEqualTo("NOT_FOUND");
        assertThat(answers.to(7).getSuspectAfterMillis()).isPositive();
    }

    @Test
    void aStreamMayBeLongerThanARequest() {
        int beats =
                2
                        * MESSAGE_BYTES
                        / BeatRequest.newBuilder().setCluster("eu").build().getSerializedSize();
        for (int number = 1; number <= beats; number++) {
            beat("eu", number);
        }
        await().until(() -> answers.all.size() == beats);
        assertThat(answers.end).isEmpty();
    }

    @Test
    void aServerThatDoesNotLeadEndsTheStreamAsItWouldABeat() {
        beat("eu", 1);
        await().until(() -> answers.all.size() == 1);
        served.quorum.stands(FakeQuorum.standing(Role.FOLLOWER, 5, 5, 0));
        served.quorum.waiting();
        beat("eu", 2);
        await().until(() -> !served.quorum.entries.isEmpty());
        served.quorum
                .entries
                .getFirst()
                .outcome()
                .completeExceptionally(new NotLeaderException(Optional.empty()));

        await().until(() -> answers.end.isPresent());
        assertThat(answers.end.get().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(answers.reason()).isEqualTo("NOT_LEADER");
        assertThat(answers.all).hasSize(1);
    }

    @Test
    void noMoreBeatsWaitForAMajorityThanThereIsRoomFor() {
        served.quorum.waiting();
        for (int number = 1; number <= Beats.WAITING_MAX + 1; number++) {
            beat("eu", number);
        }
        await().until(() -> answers.end.isPresent());
        assertThat(answers.reason()).isEqualTo("OVERLOADED");
        assertThat(answers.all).isEmpty();
    }

    @Test
    void whatIsNoBeatEndsTheStream() {
        beat("no/name", 1);
        await().until(() -> answers.end.isPresent());
        assertThat(answers.end.get().getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void aServerThatStopsSaysSo() {
        beat("eu", 1);
        await().until(() -> answers.all.size() == 1);
        served.api.close();
        await().until(() -> answers.end.isPresent());
        assertThat(answers.reason()).isEqualTo("STOPPING");
    }

    @Test
    void whoEndsTheStreamEndsIt() {
        beats.onCompleted();
        await().until(() -> answers.completed);
    }

    private void beat(String cluster, long number) {
        beats.onNext(BeatRequest.newBuilder().setCluster(cluster).setNumber(number).build());
    }
}
