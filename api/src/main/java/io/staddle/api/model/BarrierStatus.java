package io.staddle.api.model;

/// How far a barrier has got.
public enum BarrierStatus {
    /// Participants are preparing.
    PREPARE,
    /// All participants are prepared; the coordinator decides.
    READY,
    /// It holds. For ever.
    COMMITTED,
    /// It does not hold. For ever.
    ABORTED;

    /// Tells whether it stays so.
    public boolean isDecided() {
        return this == COMMITTED || this == ABORTED;
    }
}
