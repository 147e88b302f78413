package io.staddle.api.event;

/// Why a grain lost its owner.
public enum ReleaseCause {
    /// The owner let go.
    RELEASED,
    /// Its lease ended.
    EXPIRED,
    /// It was released in another directory, which this one was filled from.
    IMPORTED
}
