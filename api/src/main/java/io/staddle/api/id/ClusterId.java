package io.staddle.api.id;

/// Names a cluster: the failover domain that owns grains.
///
/// @param value 1 to 64 letters, digits and `. _ -`
public record ClusterId(String value) implements Comparable<ClusterId> {
    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public ClusterId {
        Names.identifier("cluster", value, 64);
    }

    @Override
    public int compareTo(ClusterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
