package io.staddle.api.event;

/// By which command a grain got its owner.
public enum GrantCause {
    /// By Acquire.
    ACQUIRED,
    /// By Claim.
    CLAIMED,
    /// By Promote.
    PROMOTED,
    /// By Reassign.
    REASSIGNED,
    /// By Import.
    IMPORTED
}
