package io.staddle.api.id;

/// Names a group of replicas of the user's system: what replicates the vShards in it.
///
/// @param value 1 to 65,536
public record GroupId(int value) implements Comparable<GroupId> {
    /// The highest number of a group.
    public static final int MAX = 65_536;

    /// Refuses what cannot be a group.
    ///
    /// @throws MalformedException if `value` is out of range
    public GroupId {
        if (value < 1 || value > MAX) {
            throw Names.malformed("group", "1 to " + MAX, Integer.toString(value));
        }
    }

    @Override
    public int compareTo(GroupId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
