package io.staddle.api.query;

import io.staddle.api.id.Epoch;

/// What grains and the epochs they are owned in come to, in whatever order they are added.
///
/// Equal digests mean equal grains and epochs, but for a chance of one in 2^64. It is no guard
/// against somebody who looks for grains that add up to the same.
///
/// @param grains how many
/// @param sum of [GrainMark#at], modulo 2^64
public record BucketDigest(long grains, long sum) {
    /// That of no grains.
    public static final BucketDigest EMPTY = new BucketDigest(0, 0);

    /// Returns that of these grains and one more.
    public BucketDigest plus(GrainMark grain, Epoch epoch) {
        return new BucketDigest(grains + 1, sum + grain.at(epoch));
    }
}
