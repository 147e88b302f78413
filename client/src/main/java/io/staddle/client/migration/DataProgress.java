package io.staddle.client.migration;

/// How far the target of a move has got, as its data plane knows it. Never more than is so: what is
/// not known is 0.
///
/// @param sourceIndex what the target needs: the last entry of the group; once writes are paused,
///     the last one that can hold a write of the vShard
/// @param targetIndex up to where the target surely has all, and could serve it
/// @param estimatedPauseMicros for how long writes would have to be paused
public record DataProgress(long sourceIndex, long targetIndex, long estimatedPauseMicros) {
    /// Nothing is known.
    public static final DataProgress UNKNOWN = new DataProgress(0, 0, 0);

    /// Refuses negative numbers.
    public DataProgress {
        if (sourceIndex < 0 || targetIndex < 0 || estimatedPauseMicros < 0) {
            throw new IllegalArgumentException(
                    "indexes and estimate must be 0 or more, but are "
                            + sourceIndex
                            + ", "
                            + targetIndex
                            + ", "
                            + estimatedPauseMicros);
        }
    }

    /// Tells whether the target surely has all that it needs.
    public boolean isComplete() {
        return sourceIndex > 0 && targetIndex >= sourceIndex;
    }
}
