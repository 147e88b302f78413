package io.staddle.client.cache;

import io.staddle.api.id.GrainType;

import java.time.Duration;
import java.util.Set;

/// How a [NearCache] is set up.
///
/// @param entriesMax how many grains it remembers; those that were asked for least go first
/// @param ageMax how far back an answer from memory may be; 1 s to 10 min. Servers make sure of
///     what is the newest four times a second, so less would mean to ask them each time
/// @param types the types of the grains that are asked for; empty for all
public record NearCacheOptions(int entriesMax, Duration ageMax, Set<GrainType> types) {
    private static final Duration AGE_MIN = Duration.ofSeconds(1);
    private static final Duration AGE_LONGEST = Duration.ofMinutes(10);

    /// 100,000 grains of all types, 2 s.
    public static final NearCacheOptions DEFAULT =
            new NearCacheOptions(100_000, Duration.ofSeconds(2), Set.of());

    /// Refuses what is out of range.
    public NearCacheOptions {
        if (entriesMax < 1) {
            throw new IllegalArgumentException(
                    "entriesMax must be 1 or more, but is " + entriesMax);
        }
        if (ageMax.compareTo(AGE_MIN) < 0 || ageMax.compareTo(AGE_LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "ageMax must be 1 s to 10 min, but is " + ageMax.toMillis() + " ms");
        }
        types = Set.copyOf(types);
    }

    /// Returns the same for another number of grains.
    public NearCacheOptions withEntriesMax(int number) {
        return new NearCacheOptions(number, ageMax, types);
    }

    /// Returns the same with another age.
    public NearCacheOptions withAgeMax(Duration age) {
        return new NearCacheOptions(entriesMax, age, types);
    }

    /// Returns the same for grains of these types only. Asking for another one is a mistake.
    public NearCacheOptions only(Set<GrainType> ofTypes) {
        return new NearCacheOptions(entriesMax, ageMax, ofTypes);
    }
}
