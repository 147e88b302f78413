package io.staddle.storage;

/// A position in the replicated log, ordered by index.
///
/// @param term the term of the entry, at least 0; 0 for what is written without a log, by a restore
/// @param index the index of the entry, at least 0; -1 before the first
public record LogPosition(long term, long index) implements Comparable<LogPosition> {
    /// Before the first entry.
    public static final LogPosition NONE = new LogPosition(0, -1);

    /// Checks the bounds.
    public LogPosition {
        if (term < 0 || index < -1) {
            throw new IllegalArgumentException(
                    "term must be at least 0 and index at least -1, are " + term + " and " + index);
        }
    }

    @Override
    public int compareTo(LogPosition other) {
        int byIndex = Long.compare(index, other.index);
        return byIndex != 0 ? byIndex : Long.compare(term, other.term);
    }
}
