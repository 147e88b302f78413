package io.staddle.dataplane.ratis;

import io.staddle.api.id.VShardId;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The data of one replica of a group. Calls come one after the other.
public interface ShardStore {
    /// Applies a write that took effect, and returns what its caller is told. Equal calls in equal
    /// order lead to equal data and equal answers on each replica; it must not throw.
    ///
    /// @param payload as it was written, read-only
    ByteBuffer apply(VShardId vShard, ByteBuffer payload);

    /// Writes all data to a snapshot.
    ///
    /// @throws IOException if `out` cannot be written
    void save(DataOutputStream out) throws IOException;

    /// Puts the data of a snapshot in the place of all data.
    ///
    /// @throws IOException if `in` is damaged
    void load(DataInputStream in) throws IOException;
}
