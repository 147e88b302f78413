package io.staddle.api.event;

/// Why a grain lost its owner.
public enum ReleaseCause {
    /// The owner let go.
    RELEASED,
    /// Its lease ended.
    EXPIRED
}
