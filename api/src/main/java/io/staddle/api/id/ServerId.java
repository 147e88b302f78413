package io.staddle.api.id;

/// Names a server: one Staddle process of the quorum.
///
/// @param value 1 to 64 letters, digits and `. _ -`
public record ServerId(String value) implements Comparable<ServerId> {
    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public ServerId {
        Names.identifier("server", value, 64);
    }

    @Override
    public int compareTo(ServerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
