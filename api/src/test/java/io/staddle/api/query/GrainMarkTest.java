package io.staddle.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;
import io.staddle.api.id.MalformedException;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

final class GrainMarkTest {
    private static final long PLACE = 0x3c015ac26bbba3ccL;
    private static final long NAME = 0x44806a384730ad82L;
    private static final long AT = 0x1fe542cff106cc9bL;

    /// Reckoned elsewhere, with another language's SHA-256.
    @Test
    void theMarkOfAGrainIsFormat() {
        GrainMark mark = GrainMark.of(GrainId.parse("cart/42"));
        assertThat(mark).isEqualTo(new GrainMark(PLACE, NAME));
        assertThat(mark.bucket(12)).isEqualTo((int) (PLACE >>> 52));
        assertThat(mark.at(new Epoch(7))).isEqualTo(AT);
    }

    @Test
    void aDigestIsTheSameInWhateverOrderAndAnotherOneInAnotherEpoch() {
        GrainMark one = GrainMark.of(GrainId.parse("cart/1"));
        GrainMark two = GrainMark.of(GrainId.parse("cart/2"));
        Epoch epoch = new Epoch(1);
        BucketDigest both = BucketDigest.EMPTY.plus(one, epoch).plus(two, epoch);
        assertThat(BucketDigest.EMPTY.plus(two, epoch).plus(one, epoch)).isEqualTo(both);
        assertThat(BucketDigest.EMPTY.plus(one, epoch).plus(two, epoch.next())).isNotEqualTo(both);
        assertThat(BucketDigest.EMPTY.plus(one, epoch.next()).plus(two, epoch)).isNotEqualTo(both);
    }

    @Test
    void whatCannotBeBucketsIsRefused() {
        assertThatThrownBy(() -> new GrainBuckets(15, Set.of()))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new GrainBuckets(2, Set.of(4)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new ClaimsDigest(1, List.of(BucketDigest.EMPTY)))
                .isInstanceOf(MalformedException.class);
        assertThat(new ClaimsDigest(1, List.of(BucketDigest.EMPTY, BucketDigest.EMPTY)).bits())
                .isEqualTo(1);
    }
}
