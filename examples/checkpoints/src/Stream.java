import io.staddle.api.id.GrainId;
import io.staddle.api.id.GrainType;
import io.staddle.api.id.NodeId;
import io.staddle.api.id.ScopeId;

import java.util.List;
import java.util.stream.IntStream;

/// What the job is about: three sources without end, whose records are known beforehand, so that
/// an audit can tell what must have been counted.
///
/// Record N of a source is a key. Keys are spread over twelve partitions, and whoever owns the
/// grain of a partition counts its keys.
final class Stream {
    static final ScopeId SCOPE = new ScopeId("word-count");
    static final List<NodeId> WORKERS =
            List.of(new NodeId("w1"), new NodeId("w2"), new NodeId("w3"));
    static final int KEYS = 48;
    static final int PARTITIONS = 12;
    private static final GrainType PARTITION = new GrainType("part");

    private Stream() {}

    /// Returns the key of a record.
    static int key(int source, long record) {
        long mixed = (source * 0x9E3779B97F4A7C15L) ^ (record * 0xC2B2AE3D27D4EB4FL);
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (int) Math.floorMod(mixed ^ (mixed >>> 32), (long) KEYS);
    }

    static GrainId partitionOf(int key) {
        return partition(key % PARTITIONS);
    }

    /// Returns the grains of all partitions, in their order.
    static List<GrainId> partitions() {
        return IntStream.range(0, PARTITIONS).mapToObj(Stream::partition).toList();
    }

    private static GrainId partition(int number) {
        return new GrainId(PARTITION, Integer.toString(number));
    }
}
