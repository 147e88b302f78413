package io.staddle.api.id;

/// The fencing token of a grain. It only ever grows: through release, purge, restore and
/// registration under the same name.
///
/// @param value 0 for [#NONE], else 1 to [#MAX]
public record Epoch(long value) implements Comparable<Epoch> {
    /// The epoch of a grain that nobody ever owned.
    public static final Epoch NONE = new Epoch(0);

    /// The last epoch there is. Whoever would need the next gets the refusal `EPOCH_EXHAUSTED`.
    public static final Epoch MAX = new Epoch(Long.MAX_VALUE - 1);

    /// Refuses what cannot be an epoch.
    ///
    /// @throws MalformedException if `value` is negative or above [#MAX]
    public Epoch {
        if (value < 0 || value == Long.MAX_VALUE) {
            throw Names.malformed("epoch", "0 to " + (Long.MAX_VALUE - 1), Long.toString(value));
        }
    }

    /// Returns the epoch after this one; call it only if [#isLast] is false.
    public Epoch next() {
        return new Epoch(value + 1);
    }

    /// Tells whether no epoch can follow.
    public boolean isLast() {
        return value == MAX.value;
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
