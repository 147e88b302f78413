package io.staddle.api.refusal;

/// What a caller does about a refusal.
public enum Remedy {
    /// Not now: the same command may be accepted later.
    RETRY_LATER,
    /// A race was lost: read the current record and decide anew.
    READ_AGAIN,
    /// The caller has lost ownership: it must stop acting as an owner.
    STOP_ACTING,
    /// It will be refused again: report it.
    REPORT
}
