package io.staddle.api.id;

/// Names the migration of a vShard. The caller makes it up, so that the command can be repeated
/// when its answer was lost.
///
/// @param value 1 to 64 letters, digits and `. _ -`; a random UUID is a good one
public record MigrationId(String value) implements Comparable<MigrationId> {
    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public MigrationId {
        Names.identifier("migration", value, 64);
    }

    @Override
    public int compareTo(MigrationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
