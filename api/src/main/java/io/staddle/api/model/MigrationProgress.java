package io.staddle.api.model;

/// How far the target has got with the data, as was last reported. Indexes never go back.
///
/// @param sourceIndex the last entry at the source; 0 if unknown
/// @param targetIndex the last entry at the target; 0 if unknown
/// @param estimatedPauseMicros for how long writes would have to be paused
/// @param phaseVersion the step that the reporter had seen when it looked; 0 if nobody reported
/// @param reportedMillis when it was last reported, in logical time
/// @param advancedMillis when the target last got something, in logical time
public record MigrationProgress(
        long sourceIndex,
        long targetIndex,
        long estimatedPauseMicros,
        long phaseVersion,
        long reportedMillis,
        long advancedMillis) {
    /// How far behind the target is if that is not known.
    public static final long UNKNOWN = -1;

    /// Returns the progress before the first report.
    public static MigrationProgress none(long nowMillis) {
        return new MigrationProgress(0, 0, 0, 0, nowMillis, nowMillis);
    }

    /// Returns how many entries the target is behind; [#UNKNOWN] unless both indexes are known.
    public long lag() {
        return sourceIndex == 0 || targetIndex == 0
                ? UNKNOWN
                : Math.max(0, sourceIndex - targetIndex);
    }
}
