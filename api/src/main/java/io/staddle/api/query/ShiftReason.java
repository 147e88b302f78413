package io.staddle.api.query;

/// What a vShard is to be moved for.
public enum ShiftReason {
    /// A node leaves.
    DRAIN,
    /// A group has more voters than it needs, and all of them serve something.
    SURPLUS,
    /// A node votes in more groups than another.
    REPLICAS,
    /// A node serves more vShards than another.
    LEASES
}
