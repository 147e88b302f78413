package io.staddle.dataplane.ratis;

import io.staddle.client.migration.Serving;

import java.nio.ByteBuffer;

/// What became of a write.
public sealed interface WriteOutcome {
    /// It took effect, and is on most voters.
    ///
    /// @param result what the [ShardStore] answered
    record Written(ByteBuffer result) implements WriteOutcome {}

    /// It never takes effect: writes of the vShard are paused, while it moves.
    record Paused() implements WriteOutcome {}

    /// It never takes effect: the vShard is served by another, or in another epoch.
    ///
    /// @param serving by whom, as far as the group knows
    record NotServed(Serving serving) implements WriteOutcome {}

    /// Nobody knows: it may have taken effect, may still, or not.
    ///
    /// @param why what went wrong
    record Unknown(String why) implements WriteOutcome {}
}
