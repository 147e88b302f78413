package io.staddle.api.model;

import java.util.OptionalLong;

/// How the participants of a barrier have voted so far.
///
/// @param participants how many there are
/// @param prepared how many of them said that they are prepared
/// @param lowest the lowest watermark of those; empty if none had one
/// @param withoutWatermark how many of those had none
public record Tally(int participants, int prepared, OptionalLong lowest, int withoutWatermark) {
    /// Returns that of a barrier that begins.
    public static Tally of(int participants) {
        return new Tally(participants, 0, OptionalLong.empty(), 0);
    }

    /// Returns it with one more that is prepared.
    public Tally with(Vote.Prepared vote) {
        if (vote.watermark().isEmpty()) {
            return new Tally(participants, prepared + 1, lowest, withoutWatermark + 1);
        }
        long watermark = vote.watermark().getAsLong();
        long next = Math.min(watermark, lowest.orElse(watermark));
        return new Tally(participants, prepared + 1, OptionalLong.of(next), withoutWatermark);
    }

    /// Tells whether all are prepared.
    public boolean isComplete() {
        return prepared == participants;
    }

    /// Returns the watermark of them all.
    public OptionalLong watermark(WatermarkPolicy policy) {
        boolean held = policy == WatermarkPolicy.HOLD && withoutWatermark > 0;
        return held ? OptionalLong.empty() : lowest;
    }
}
