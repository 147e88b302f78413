package io.staddle.api.id;

/// Names a failover, fail-back or evacuation. The caller makes it up, so that the command can be
/// repeated when its answer was lost.
///
/// @param value 1 to 64 letters, digits and `. _ -`; a random UUID is a good one.
///     `rescue-` at the start is kept for moves that nobody asks for
public record MoveId(String value) implements Comparable<MoveId> {
    private static final String OF_RESCUES = "rescue-";

    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public MoveId {
        Names.identifier("move id", value, 64);
    }

    /// Returns the id of the rescue that the command at `revision` makes possible.
    public static MoveId ofRescue(Revision revision) {
        return new MoveId(OF_RESCUES + revision);
    }

    /// Returns this id, for a move that a caller asks for.
    ///
    /// @throws MalformedException if it is kept for rescues, which would find it taken
    public MoveId ofCaller() {
        if (value.startsWith(OF_RESCUES)) {
            throw Names.malformed("move id", "without " + OF_RESCUES + " at its start", value);
        }
        return this;
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
