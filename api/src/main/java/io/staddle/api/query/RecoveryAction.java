package io.staddle.api.query;

/// What a leader does about a migration that it finds.
public enum RecoveryAction {
    /// It is over for long, and is forgotten.
    CLEAN_UP,
    /// It was cut over, and is finished, whatever its age or target.
    FINISH,
    /// Nothing yet: for what it has not heard so far, or for the data plane's fence.
    WAIT,
    /// It is undone.
    ABORT,
    /// It goes on.
    RESUME
}
