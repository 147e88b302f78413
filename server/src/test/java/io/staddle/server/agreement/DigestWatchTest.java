package io.staddle.server.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.staddle.api.id.ServerId;
import io.staddle.server.exit.ExitCode;
import io.staddle.server.testing.FakeDigests;
import io.staddle.server.testing.FakeQuorum;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// Server `s1` compares itself with `s2` and `s3`.
final class DigestWatchTest {
    private final FakeQuorum quorum = new FakeQuorum();
    private final FakeDigests digests = quorum.digests;
    private final Agreement agreement = new Agreement();
    private final List<String> halts = new ArrayList<>();
    private final DigestWatch watch =
            new DigestWatch(
                    new ServerId("s1"),
                    quorum,
                    agreement,
                    (code, why) -> {
                        assertThat(code).isEqualTo(ExitCode.DATA_REFUSED);
                        halts.add(why);
                    });

    @BeforeEach
    void allAgreeAt7() {
        for (String server : List.of("s1", "s2", "s3")) {
            digests.put(server, 7, "same");
        }
    }

    @Test
    void equalServersAgreeAtTheNewestIndexThatTheyShare() {
        digests.put("s1", 9, "nine");
        digests.put("s2", 9, "nine");
        digests.put("s2", 10, "ten");
        watch.look();
        assertThat(agreement.agreedIndex()).isEqualTo(9);
        assertThat(agreement.differing()).isEmpty();
        assertThat(agreement.comparisons().sum()).isEqualTo(2);
        assertThat(halts).isEmpty();
    }

    @Test
    void aServerThatDiffersFromBothOthersTakesItselfOut() {
        digests.put("s1", 8, "mine");
        digests.put("s2", 8, "theirs");
        digests.put("s3", 8, "theirs");
        watch.look();
        assertThat(halts).hasSize(1);
        assertThat(halts.getFirst())
                .contains("this server, s1", "index 8", "s1=mine", "s2=theirs", "s3=theirs")
                .contains("docs/operations.md");
    }

    @Test
    void oneOfTheMajorityStaysAndNamesTheOther() {
        digests.put("s1", 8, "right");
        digests.put("s2", 8, "right");
        digests.put("s3", 8, "wrong");
        watch.look();
        assertThat(halts).isEmpty();
        assertThat(agreement.differing()).containsExactly(new ServerId("s3"));
        digests.silence("s3");
        watch.look();
        assertThat(agreement.agreedIndex()).isEqualTo(8);
    }

    @Test
    void aServerThatIsBehindIsComparedWhereItIs() {
        digests.put("s1", 8, "mine");
        digests.put("s1", 9, "mine too");
        digests.put("s2", 8, "theirs");
        digests.put("s3", 8, "theirs");
        watch.look();
        assertThat(halts).hasSize(1);
    }

    @Test
    void indexesThatOnlyOneKnowsAreNotCompared() {
        digests.put("s1", 9, "mine");
        digests.silence("s2");
        digests.silence("s3");
        digests.put("s2", 12, "theirs");
        watch.look();
        assertThat(agreement.comparisons().sum()).isZero();
        assertThat(halts).isEmpty();
    }

    @Test
    void whileItIsUndecidedEverybodyStaysForAWhileAndThenOnlyTheLeader() {
        digests.put("s1", 8, "mine");
        digests.put("s2", 8, "theirs");
        digests.silence("s3");
        quorum.stands(FakeQuorum.leader(8, 8));
        look(2 * DigestWatch.UNDECIDED_MAX);
        assertThat(halts).isEmpty();
        quorum.stands(FakeQuorum.follower(8, 8, 0));
        watch.look();
        assertThat(halts).hasSize(1);
    }

    @Test
    void aThirdServerThatComesBackDecides() {
        digests.put("s1", 8, "mine");
        digests.put("s2", 8, "theirs");
        digests.silence("s3");
        quorum.stands(FakeQuorum.follower(8, 8, 0));
        look(DigestWatch.UNDECIDED_MAX - 1);
        assertThat(halts).isEmpty();
        digests.put("s3", 8, "mine");
        look(DigestWatch.UNDECIDED_MAX);
        assertThat(halts).isEmpty();
        digests.put("s3", 8, "theirs");
        watch.look();
        assertThat(halts).hasSize(1);
    }

    @Test
    void whatIsSettledIsAskedForAgainOnlyNowAndThen() {
        look(DigestWatch.SETTLED_MAX);
        assertThat(agreement.comparisons().sum()).as("one look, two servers").isEqualTo(2);
        watch.look();
        assertThat(agreement.comparisons().sum()).isEqualTo(4);
    }

    @Test
    void whoDoesNotAnswerIsAskedAgainAtOnce() {
        digests.silence("s3");
        watch.look();
        digests.put("s3", 7, "other");
        watch.look();
        assertThat(agreement.differing()).containsExactly(new ServerId("s3"));
    }

    @Test
    void aNewEntryIsComparedAtOnce() {
        watch.look();
        digests.put("s1", 8, "right");
        digests.put("s2", 8, "right");
        digests.put("s3", 8, "wrong");
        watch.look();
        assertThat(agreement.differing()).containsExactly(new ServerId("s3"));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }
}
