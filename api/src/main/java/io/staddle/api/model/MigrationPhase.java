package io.staddle.api.model;

/// How far a migration has got. Up to LEADERSHIP_TRANSFER it can only be undone as a whole; from
/// CUTOVER on it can only be finished.
public enum MigrationPhase {
    /// The target is to learn: its group has it as a learner.
    ADD_LEARNER,
    /// The target gets the data.
    CATCH_UP,
    /// The target is to vote.
    PROMOTE_LEARNER,
    /// Writes are paused, until the target has the last of them.
    LEADERSHIP_TRANSFER,
    /// The target serves the vShard; what is left is to fence the migration at the data plane.
    CUTOVER,
    /// It is over: the target serves the vShard.
    COMPLETED,
    /// It is over: everything is as it was before.
    ABORTED;

    /// Tells whether it is over, so that the vShard can migrate again.
    public boolean isFinished() {
        return this == COMPLETED || this == ABORTED;
    }

    /// Tells whether it can still be undone.
    public boolean isBeforeCutover() {
        return compareTo(CUTOVER) < 0;
    }
}
