package io.staddle.api.query;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.GrainId;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What is left of a grain's name in a [BucketDigest]: the first 16 bytes of the SHA-256 of
/// `type/key` in UTF-8. It is format: an owner in any language reckons the same.
///
/// @param place decides the bucket: bytes 0 to 7, big-endian
/// @param name is added up, mixed with an epoch: bytes 8 to 15, big-endian
public record GrainMark(long place, long name) {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /// Returns the mark of a grain.
    public static GrainMark of(GrainId grain) {
        byte[] text = grain.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(text));
        return new GrainMark(hash.getLong(), hash.getLong());
    }

    /// Returns the bucket that the grain is in: the first `bits` bits of its place.
    ///
    /// @param bits 1 to [GrainBuckets#BITS_MAX]
    public int bucket(int bits) {
        return (int) (place >>> (Long.SIZE - bits));
    }

    /// Returns what the grain adds to the sum of its bucket: `name + epoch * 0x9e3779b97f4a7c15`,
    /// mixed as SplitMix64 does at its end.
    public long at(Epoch epoch) {
        long mixed = name + epoch.value() * GOLDEN;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
