package io.staddle.api.id;

/// Names a data node of the user's system: it holds replicas of groups.
///
/// @param value 1 to 64 letters, digits and `. _ -`
public record NodeId(String value) implements Comparable<NodeId> {
    /// Refuses what cannot be a name.
    ///
    /// @throws MalformedException if `value` is not one
    public NodeId {
        Names.identifier("node", value, 64);
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
