package io.staddle.api.model;

import io.staddle.api.id.MigrationId;

import java.util.List;

/// One move of a vShard from a node to another, for its whole life.
///
/// @param undo what an abort would run, from the last to the first
/// @param pauseMicros for how long writes were paused, by the log's time; 0 before the cut-over
/// @param fenced whether the data plane refuses what this migration may still send
public record MigrationRecord(
        MigrationHeader header,
        PreState before,
        MigrationStage stage,
        MigrationProgress progress,
        List<Compensation> undo,
        long pauseMicros,
        MigrationEnd end,
        boolean fenced) {
    /// Copies the list.
    public MigrationRecord {
        undo = List.copyOf(undo);
    }

    /// Returns what the caller called it.
    public MigrationId id() {
        return header.id();
    }

    /// Returns how far it has got.
    public MigrationPhase phase() {
        return stage.phase();
    }

    /// Returns it one step further, with what now undoes it.
    public MigrationRecord at(MigrationStage next, List<Compensation> undoing) {
        return new MigrationRecord(
                header, before, next, progress, undoing, pauseMicros, end, fenced);
    }

    /// Returns it with newer progress.
    public MigrationRecord progressed(MigrationProgress next) {
        return new MigrationRecord(header, before, stage, next, undo, pauseMicros, end, fenced);
    }

    /// Returns it with the pause that it caused.
    public MigrationRecord paused(long micros) {
        return new MigrationRecord(header, before, stage, progress, undo, micros, end, fenced);
    }

    /// Returns it as it ended.
    public MigrationRecord ended(MigrationStage last, MigrationEnd how) {
        return new MigrationRecord(
                header, before, last, progress, List.of(), pauseMicros, how, fenced);
    }

    /// Returns it fenced.
    public MigrationRecord behindFence() {
        return new MigrationRecord(header, before, stage, progress, undo, pauseMicros, end, true);
    }
}
