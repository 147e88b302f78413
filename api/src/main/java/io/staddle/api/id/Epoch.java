package io.staddle.api.id;

/// The fencing token of a grain. It only ever grows: through release, purge, restore and
/// registration under the same name.
///
/// @param value 0 for [#NONE], else 1 and up
public record Epoch(long value) implements Comparable<Epoch> {
    /// The epoch of a grain that nobody ever owned.
    public static final Epoch NONE = new Epoch(0);

    /// The last epoch that a command can give; whoever would need the next gets the refusal
    /// `EPOCH_EXHAUSTED`. Above it is room for 2^62 moves of whole holdings, which nothing refuses.
    public static final Epoch MAX = new Epoch(1L << 62);

    /// Refuses what cannot be an epoch.
    ///
    /// @throws MalformedException if `value` is negative
    public Epoch {
        if (value < 0) {
            throw Names.malformed("epoch", "0 or more", Long.toString(value));
        }
    }

    /// Returns the epoch after this one; call it only if [#isLast] is false.
    public Epoch next() {
        return new Epoch(value + 1);
    }

    /// Tells whether this epoch comes right after `other`, which may be any epoch a caller made up.
    public boolean isNextAfter(Epoch other) {
        return value - 1 == other.value;
    }

    /// Returns the epoch after `shift` moves of the holding that the grain is in.
    public Epoch shifted(long shift) {
        return new Epoch(value + shift);
    }

    /// Tells whether no command can give an epoch after this one.
    public boolean isLast() {
        return value >= MAX.value;
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
