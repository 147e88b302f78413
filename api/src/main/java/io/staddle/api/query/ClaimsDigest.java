package io.staddle.api.query;

import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

import java.util.List;

/// What an owner believes that it owns, in 2^`bits` buckets.
///
/// @param bits 1 to [GrainBuckets#BITS_MAX]
/// @param buckets one for each bucket, by number
public record ClaimsDigest(int bits, List<BucketDigest> buckets) {
    /// Refuses what cannot be a digest.
    ///
    /// @throws MalformedException if `bits` is out of range, or there are not as many buckets
    public ClaimsDigest {
        GrainBuckets.checkBits(bits);
        buckets = List.copyOf(buckets);
        if (buckets.size() != 1 << bits) {
            String found = Integer.toString(buckets.size());
            String expected = (1 << bits) + ", which is 2^" + bits;
            throw new MalformedException(new Expectation("buckets", expected, found));
        }
    }

    /// In which buckets the servers have something else.
    ///
    /// @param grains how many the directory says it owns
    /// @param buckets the differing ones, by number
    public record Comparison(long grains, List<Difference> buckets) {
        /// Makes it unmodifiable.
        public Comparison {
            buckets = List.copyOf(buckets);
        }
    }

    /// A bucket that is not the same.
    ///
    /// @param grains how many the directory has in it
    public record Difference(int bucket, long grains) {}
}
