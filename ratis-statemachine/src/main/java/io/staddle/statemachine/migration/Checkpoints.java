package io.staddle.statemachine.migration;

import com.google.protobuf.ByteString;

import io.staddle.api.codec.MigrationCodec;
import io.staddle.api.model.MigrationCheckpoint;
import io.staddle.api.model.MigrationRecord;
import io.staddle.statemachine.decision.Tick;

/// What is kept of each step for audit.
public final class Checkpoints {
    private Checkpoints() {}

    /// Returns what a leader decides a step on: the record that it looks at.
    public static ByteString payload(MigrationRecord seen) {
        return MigrationCodec.encode(seen).toByteString();
    }

    /// Returns the checkpoint of a step that comes with no payload: the record that it made.
    static MigrationCheckpoint of(MigrationRecord made, Tick tick) {
        return of(made, payload(made), tick);
    }

    /// Returns the checkpoint of a step that was decided on `payload`.
    static MigrationCheckpoint of(MigrationRecord made, ByteString payload, Tick tick) {
        return new MigrationCheckpoint(
                made.phase(),
                made.stage().phaseVersion(),
                payload,
                MigrationCheckpoint.checksumOf(payload),
                tick.nowMillis());
    }
}
