package io.staddle.api.id;

/// Names a holding. Numbers are given by the log and never used twice.
///
/// @param value 1 and up
public record HoldingId(long value) implements Comparable<HoldingId> {
    /// Refuses what cannot be a holding.
    ///
    /// @throws MalformedException if `value` is not positive
    public HoldingId {
        if (value < 1) {
            throw Names.malformed("holding", "1 or more", Long.toString(value));
        }
    }

    @Override
    public int compareTo(HoldingId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
