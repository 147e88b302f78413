package io.staddle.api.model;

import java.util.List;

/// How a migration ended.
public sealed interface MigrationEnd {
    /// It goes on.
    record None() implements MigrationEnd {}

    /// The target serves the vShard.
    ///
    /// @param pauseMicros for how long writes were paused, as the data plane measured it
    record Completed(long pauseMicros) implements MigrationEnd {}

    /// Everything is as it was before.
    ///
    /// @param from how far it had got
    /// @param undone what was undone, in that order
    record Aborted(AbortCode code, String reason, MigrationPhase from, List<Compensation> undone)
            implements MigrationEnd {
        /// Copies the list.
        public Aborted {
            undone = List.copyOf(undone);
        }
    }
}
