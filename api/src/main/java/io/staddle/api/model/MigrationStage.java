package io.staddle.api.model;

/// Where a migration stands.
///
/// @param phaseVersion how many steps it has taken: what every next step must have seen
/// @param sinceMillis when it took the last one, in logical time
public record MigrationStage(
        MigrationPhase phase, long phaseVersion, long sinceMillis, Waiting waiting) {
    /// Returns the stage after one more step.
    public MigrationStage next(MigrationPhase to, long nowMillis, Waiting then) {
        return new MigrationStage(to, phaseVersion + 1, nowMillis, then);
    }
}
