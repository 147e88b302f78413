package io.staddle.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.staddle.api.v1.BeatAnswer;
import io.staddle.api.v1.BeatRequest;
import io.staddle.api.v1.ClustersGrpc;
import io.staddle.server.config.ServerConfig;
import io.staddle.server.raft.NotLeaderException;
import io.staddle.server.raft.Role;
import io.staddle.server.testing.Configs;
import io.staddle.server.testing.FakeQuorum;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Beats that come to a server that does not lead.
final class BeatRelayTest {
    @TempDir Path directory;
    private ServedQuorum leader;
    private ServedQuorum follower;
    private final BeatAnswers answers = new BeatAnswers();
    private StreamObserver<BeatRequest> beats;

    @BeforeEach
    void start() {
        List<ServerConfig> three = Configs.three(directory);
        leader = new ServedQuorum(three.get(0));
        leader.register("eu");
        follower = new ServedQuorum(three.get(1));
        follower.quorum.stands(FakeQuorum.follower(5, 5, 0));
        beats = follower.stub(ClustersGrpc.ClustersStub.class).keepBeating(answers);
    }

    @AfterEach
    void stop() {
        follower.close();
        leader.close();
    }

    @Test
    void aBeatThatComesToAFollowerIsAnsweredByTheLeader() {
        beat("eu", 7);
        beat("mars", 9);

        await().until(() -> answers.all.size() == 2);
        assertThat(answers.to(7).getCluster().getId()).isEqualTo("eu");
        assertThat(answers.to(7).getSuspectAfterMillis()).isPositive();
        assertThat(answers.to(9).getRefusal().getCode()).isEqualTo("NOT_FOUND");
        assertThat(answers.all).allMatch(BeatAnswer::getPassed);
        assertThat(follower.quorum.entries).isEmpty();
    }

    @Test
    void beatsThatComeTogetherGetEachTheirOwnAnswer() {
        int count = 2_500;
        IntStream.rangeClosed(1, count)
                .forEach(number -> beat(number % 2 == 0 ? "eu" : "us", number));

        await().until(() -> answers.all.size() == count);
        assertThat(answers.all.stream().map(BeatAnswer::getNumber))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, count).boxed().toList());
        assertThat(answers.all).allMatch(each -> each.hasRefusal() == (each.getNumber() % 2 == 1));
    }

    @Test
    void aLeaderThatLeadsNoMoreIsSaidToHaveTakenNothing() {
        leader.quorum.stands(FakeQuorum.follower(5, 5, 0));
        leader.quorum.waiting();
        beat("eu", 1);
        await().until(() -> !leader.quorum.entries.isEmpty());
        leader.quorum
                .entries
                .getFirst()
                .outcome()
                .completeExceptionally(new NotLeaderException(Optional.empty()));
        awaitEnd("NO_QUORUM");
        assertThat(answers.all).isEmpty();
    }

    @Test
    void aLeaderThatIsGoneIsSaidToHaveTakenNothing() {
        leader.close();
        beat("eu", 1);
        awaitEnd("NO_QUORUM");
    }

    @Test
    void aLeaderThatNoMajorityConfirmsAnswersNoneAndAFollowerWaitsNoLongerThanItsPatience() {
        leader.quorum.waiting();
        beat("eu", 1);
        awaitEnd("NO_QUORUM");
    }

    @Test
    void whatIsNoBeatIsNotPassedOn() {
        beat("no/name", 1);
        await().until(() -> answers.end.isPresent());
        assertThat(answers.end.get().getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void aServerThatLeadsItselfPassesNothingOn() {
        follower.quorum.stands(FakeQuorum.standing(Role.LEADER, 5, 5, 0));
        beat("eu", 1);
        await().until(() -> answers.all.size() == 1);
        assertThat(answers.all.getFirst().getPassed()).isFalse();
        // It was registered with the other one.
        assertThat(answers.all.getFirst().hasRefusal()).isTrue();
    }

    private void awaitEnd(String reason) {
        await().until(() -> answers.end.isPresent());
        assertThat(answers.reason()).isEqualTo(reason);
    }

    private void beat(String cluster, long number) {
        beats.onNext(BeatRequest.newBuilder().setCluster(cluster).setNumber(number).build());
    }
}
