package io.staddle.api.id;

/// The fencing token of a cluster. It grows each time the cluster is demoted, and outlives the
/// cluster's removal.
///
/// @param value 0 for [#NONE], else 1 and up
public record Fence(long value) implements Comparable<Fence> {
    /// The fence of a cluster that was never registered.
    public static final Fence NONE = new Fence(0);

    /// Refuses what cannot be a fence.
    ///
    /// @throws MalformedException if `value` is negative
    public Fence {
        if (value < 0) {
            throw Names.malformed("fence", "0 or more", Long.toString(value));
        }
    }

    /// Returns the fence after this one.
    public Fence next() {
        return new Fence(value + 1);
    }

    @Override
    public int compareTo(Fence other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
