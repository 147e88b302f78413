package io.staddle.api.model;

import com.google.protobuf.ByteString;

import io.staddle.api.id.ReplayKey;
import io.staddle.api.id.WriteId;

/// A write that a cluster has missed and is to make up for.
///
/// @param value any bytes; shared, never copied
public record ReplayWrite(WriteId id, ReplayKey key, ByteString value) {
    /// Returns what it counts against the bound of its queue: the bytes of key and value.
    public long bytes() {
        return (long) key.bytes() + value.size();
    }
}
