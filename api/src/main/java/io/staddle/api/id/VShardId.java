package io.staddle.api.id;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Names a vShard: the unit that is routed and that moves between nodes.
///
/// @param value 0 to 65,535; how many there are is fixed when routing is initialised
public record VShardId(int value) implements Comparable<VShardId> {
    /// How many vShards there can be.
    public static final int COUNT_MAX = 65_536;

    /// Refuses what cannot be a vShard.
    ///
    /// @throws MalformedException if `value` is out of range
    public VShardId {
        if (value < 0 || value >= COUNT_MAX) {
            throw Names.malformed("vShard", "0 to " + (COUNT_MAX - 1), Integer.toString(value));
        }
    }

    /// Returns the vShard that `key` belongs to, out of `count`: the CRC-32C of its UTF-8 bytes,
    /// unsigned, modulo `count`. It is the same for ever and in every language, and needs no
    /// server.
    ///
    /// @param count how many vShards there are, 1 to [#COUNT_MAX]
    public static VShardId ofKey(String key, int count) {
        if (count < 1 || count > COUNT_MAX) {
            throw Names.malformed("vShards", "1 to " + COUNT_MAX, Integer.toString(count));
        }
        CRC32C sum = new CRC32C();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        return new VShardId((int) (sum.getValue() % count));
    }

    @Override
    public int compareTo(VShardId other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
