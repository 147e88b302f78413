package io.staddle.api.id;

/// Names a failover, fail-back or evacuation. The caller makes it up, so that the command can be
/// repeated when its answer was lost.
///
/// @param value 1 to 64 letters, digits and `. _ -`; a random UUID is a good one
public record MoveId(String value) implements Comparable<MoveId> {
    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public MoveId {
        Names.identifier("move id", value, 64);
    }

    @Override
    public int compareTo(MoveId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
