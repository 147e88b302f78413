package io.staddle.server.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.server.raft.QuorumUnavailableException;
import io.staddle.server.testing.FakeQuorum;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

final class ConfirmationTest {
    private static final long TERM = 1;
    private static final Duration MAX_AGE = Duration.ofMillis(500);

    private final ManualTime time = new ManualTime();
    private final FakeQuorum quorum = new FakeQuorum();
    private final Confirmation confirmation = new Confirmation(quorum, time::nanos, MAX_AGE);

    @Test
    void manyBeatsShareOneRoundAndTheAgeCountsFromWhenItWasAsked() {
        long asked = time.nanos();
        CompletableFuture<Long> first = confirmation.ofTerm(TERM);
        time.passes(Duration.ofMillis(300));
        CompletableFuture<Long> second = confirmation.ofTerm(TERM);
        assertThat(quorum.rounds).hasSize(1);
        assertThat(first).isNotDone();

        quorum.rounds.getFirst().complete(null);
        assertThat(first).isCompletedWithValue(asked);
        assertThat(second).isCompletedWithValue(asked);
    }

    @Test
    void anAnswerIsUsedAgainUntilItIsTooOld() {
        var _ = confirmation.ofTerm(TERM);
        quorum.rounds.getFirst().complete(null);
        time.passes(MAX_AGE);
        assertThat(confirmation.ofTerm(TERM)).isCompleted();
        time.passes(Duration.ofMillis(1));

        assertThat(confirmation.ofTerm(TERM)).isNotDone();
        assertThat(quorum.rounds).hasSize(2);
    }

    @Test
    void whoIsNotConfirmedSaysSoAndAsksAgain() {
        CompletableFuture<Long> first = confirmation.ofTerm(TERM);
        quorum.rounds.getFirst().completeExceptionally(new QuorumUnavailableException("as told"));

        assertThat(first).isCompletedExceptionally();
        assertThat(confirmation.ofTerm(TERM)).isNotDone();
        assertThat(quorum.rounds).hasSize(2);
    }

    @Test
    void aLeaderThatIsOneNoMoreWhenTheAnswerComesIsNotConfirmed() {
        CompletableFuture<Long> confirmed = confirmation.ofTerm(TERM);
        quorum.stands(FakeQuorum.follower(0, 0, 0));
        quorum.rounds.getFirst().complete(null);

        assertThat(confirmed).isCompletedExceptionally();
    }

    @Test
    void theAnswerOfAnEarlierTermCountsForNoOther() {
        var _ = confirmation.ofTerm(TERM);
        quorum.rounds.getFirst().complete(null);

        assertThat(confirmation.ofTerm(TERM + 1)).isNotDone();
    }
}
