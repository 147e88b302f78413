package io.staddle.api.id;

/// Names somebody who may do something: a person, a program, a cluster's agents.
///
/// @param value 1 to 64 letters, digits and `. _ -`
public record IdentityName(String value) implements Comparable<IdentityName> {
    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public IdentityName {
        Names.identifier("identity", value, 64);
    }

    @Override
    public int compareTo(IdentityName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
