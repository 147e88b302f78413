package io.staddle.api.id;

import org.jspecify.annotations.Nullable;

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

    // As a record would have it, but in maps of thousands the method handles of records are slow.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClusterId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
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
