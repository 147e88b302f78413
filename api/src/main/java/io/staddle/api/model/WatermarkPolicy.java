package io.staddle.api.model;

/// What an acknowledgement without a watermark does to the watermark of a barrier.
public enum WatermarkPolicy {
    /// The barrier has none, so that of the scope stays where it is. A participant whose data is
    /// new holds it there until it knows how far it is.
    HOLD,
    /// It does not count.
    IGNORE
}
