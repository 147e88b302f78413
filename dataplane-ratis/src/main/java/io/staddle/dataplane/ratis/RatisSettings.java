package io.staddle.dataplane.ratis;

import io.staddle.api.model.NodeAddress;

import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// What Ratis is told: many small groups in one server.
final class RatisSettings {
    private RatisSettings() {}

    static RaftProperties of(RatisNode node) {
        NodeAddress address =
                Objects.requireNonNull(
                        node.addresses().get().get(node.node()), "the address of this node");
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(node.directory().toFile()));
        GrpcConfigKeys.Server.setHost(properties, address.host());
        GrpcConfigKeys.Server.setPort(properties, address.port());
        timeouts(properties, node.election().toMillis());
        log(properties);
        Snapshot.setAutoTriggerEnabled(properties, true);
        Snapshot.setAutoTriggerThreshold(properties, 20_000);
        Snapshot.setRetentionFileNum(properties, 2);
        return properties;
    }

    private static void timeouts(RaftProperties properties, long electionMillis) {
        Rpc.setTimeoutMin(properties, millis(electionMillis));
        Rpc.setTimeoutMax(properties, millis(2 * electionMillis));
        Rpc.setFirstElectionTimeoutMin(properties, millis(electionMillis));
        Rpc.setFirstElectionTimeoutMax(properties, millis(2 * electionMillis));
        // A process that was paused comes back: whoever reads the log sees what it missed.
        RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(1, TimeUnit.DAYS));
        // A node that led and was taken out, or hangs, may never answer: the next one is asked.
        RaftClientConfigKeys.Rpc.setRequestTimeout(
                properties, millis(Math.max(1_000, 2 * electionMillis)));
        // For so long a change waits for a node that is silent: a fence waits for it, too.
        RaftServerConfigKeys.setStagingTimeout(properties, millis(5 * electionMillis));
    }

    private static void log(RaftProperties properties) {
        Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("8MB"));
        Log.setPreallocatedSize(properties, SizeInBytes.valueOf("1MB"));
        Log.setWriteBufferSize(properties, SizeInBytes.valueOf("520KB"));
        Log.setSegmentCacheNumMax(properties, 2);
        Log.setLogMetadataEnabled(properties, false);
        Log.setPurgeUptoSnapshotIndex(properties, true);
        Log.setPurgePreservationLogNum(properties, 10_000);
        Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf("512KB"));
        Log.Appender.setWaitTimeMin(properties, millis(0));
        // Whoever was away for a second would wait for seconds else before it is called again.
        Log.Appender.setRetryPolicy(properties, "1ms,10, 100ms,100000000");
    }

    private static TimeDuration millis(long millis) {
        return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
    }
}
