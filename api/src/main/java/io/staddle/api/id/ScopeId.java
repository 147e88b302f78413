package io.staddle.api.id;

/// Names a scope of barriers: whose checkpoints follow one another, one at a time.
///
/// @param value 1 to 64 letters, digits and `. _ -`
public record ScopeId(String value) implements Comparable<ScopeId> {
    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public ScopeId {
        Names.identifier("scope", value, 64);
    }

    @Override
    public int compareTo(ScopeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
