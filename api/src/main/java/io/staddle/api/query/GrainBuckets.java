package io.staddle.api.query;

import io.staddle.api.id.GrainId;
import io.staddle.api.id.MalformedException;
import io.staddle.api.id.MalformedException.Expectation;

import java.util.Set;

/// Some of the 2^`bits` buckets that grains fall into by their [GrainMark].
///
/// @param bits 1 to [#BITS_MAX]
/// @param numbers each 0 to 2^`bits` - 1
public record GrainBuckets(int bits, Set<Integer> numbers) {
    /// The most bits.
    public static final int BITS_MAX = 14;

    /// Refuses what cannot be buckets.
    ///
    /// @throws MalformedException if `bits` or a number is out of range
    public GrainBuckets {
        checkBits(bits);
        numbers = Set.copyOf(numbers);
        for (int number : numbers) {
            if (number < 0 || number >= 1 << bits) {
                throw malformed("bucket", "0 to " + ((1 << bits) - 1), number);
            }
        }
    }

    /// Tells whether a grain is in one of them.
    public boolean contains(GrainId grain) {
        return numbers.contains(GrainMark.of(grain).bucket(bits));
    }

    /// Refuses a number of bits.
    ///
    /// @throws MalformedException if it is out of range
    static void checkBits(int bits) {
        if (bits < 1 || bits > BITS_MAX) {
            throw malformed("bits", "1 to " + BITS_MAX, bits);
        }
    }

    private static MalformedException malformed(String field, String expected, int found) {
        return new MalformedException(new Expectation(field, expected, Integer.toString(found)));
    }
}
