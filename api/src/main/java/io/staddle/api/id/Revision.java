package io.staddle.api.id;

import java.util.Comparator;

/// A place in the log. Revisions are totally ordered, the same on every server, and one command
/// has one revision.
///
/// @param index the index of the log entry; 0 for [#NONE]
/// @param ordinal the place of the command in its entry, from 0
public record Revision(long index, int ordinal) implements Comparable<Revision> {
    /// Before the first command.
    public static final Revision NONE = new Revision(0, 0);

    private static final Comparator<Revision> ORDER =
            Comparator.comparingLong(Revision::index).thenComparingInt(Revision::ordinal);

    /// Refuses what cannot be a revision.
    ///
    /// @throws MalformedException if either is negative
    public Revision {
        if (index < 0 || ordinal < 0) {
            throw Names.malformed("revision", "0 or more in both parts", index + "." + ordinal);
        }
    }

    @Override
    public int compareTo(Revision other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return index + "." + ordinal;
    }
}
