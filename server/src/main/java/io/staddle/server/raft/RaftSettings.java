package io.staddle.server.raft;

import io.staddle.server.config.ServerConfig;

import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What Ratis is told, and why where its default would bite.
final class RaftSettings {
    /// A follower that is no further behind catches up by the log, without a snapshot. Entries may
    /// be large, and a server reads at every start what it keeps.
    private static final long ENTRIES_KEPT_FOR_FOLLOWERS = 2_000;

    /// The segment that is written lies on the disk in full, however little is in it, and only a
    /// whole one is ever deleted.
    private static final SizeInBytes SEGMENT = SizeInBytes.valueOf("16MB");

    /// How long a leader waits after each failure in a row to reach a follower. By default that
    /// comes to a second for whoever was away for one, and to five after twenty: it waits so before
    /// it calls one that is back, and again before it sends what that one lacks.
    private static final String AGAIN = "1ms,10, 100ms,100000000";

    private RaftSettings() {}

    static RaftProperties of(ServerConfig config, Path directory) {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
        GrpcConfigKeys.Server.setHost(properties, config.raft().host());
        GrpcConfigKeys.Server.setPort(properties, config.raft().port());
        timeouts(config, properties);
        log(config, properties);
        replies(properties);
        snapshots(config, properties);
        return properties;
    }

    private static void timeouts(ServerConfig config, RaftProperties properties) {
        TimeDuration min = millis(config.election().minMillis());
        TimeDuration max = millis(config.election().maxMillis());
        Rpc.setTimeoutMin(properties, min);
        Rpc.setTimeoutMax(properties, max);
        Rpc.setFirstElectionTimeoutMin(properties, min);
        Rpc.setFirstElectionTimeoutMax(properties, max);
        Rpc.setRequestTimeout(properties, millis(3_000));
        // A pause of the process is no reason to leave: whoever is needed comes back by itself.
        RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(1, TimeUnit.DAYS));
        RaftServerConfigKeys.setStagingTimeout(properties, millis(30_000));
    }

    private static void log(ServerConfig config, RaftProperties properties) {
        Log.setSegmentSizeMax(properties, SEGMENT);
        // A file that grows costs a journal commit at every flush.
        Log.setPreallocatedSize(properties, SEGMENT);
        Log.setWriteBufferSize(properties, SizeInBytes.valueOf("5MB"));
        Log.setSegmentCacheNumMax(properties, 4);
        Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("16MB"));
        // The commit index is found again from the others; not flushing it saves half the entries.
        Log.setLogMetadataEnabled(properties, false);
        Log.setPurgeUptoSnapshotIndex(properties, true);
        // Whoever wants snapshots often does not want a longer log than that.
        Log.setPurgePreservationLogNum(
                properties, Math.min(ENTRIES_KEPT_FOR_FOLLOWERS, config.snapshots().entries()));
        Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf("4MB"));
        Log.Appender.setWaitTimeMin(properties, millis(0));
        Log.Appender.setRetryPolicy(properties, AGAIN);
        Log.Appender.setSnapshotChunkSizeMax(properties, SizeInBytes.valueOf("4MB"));
        GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf("16MB"));
    }

    private static void replies(RaftProperties properties) {
        // Commands are idempotent by themselves: Ratis need not remember its replies.
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, millis(1_000));
    }

    private static void snapshots(ServerConfig config, RaftProperties properties) {
        Snapshot.setAutoTriggerEnabled(properties, true);
        Snapshot.setAutoTriggerThreshold(properties, config.snapshots().entries());
        Snapshot.setCreationGap(properties, 1);
        Snapshot.setRetentionFileNum(properties, 2);
    }

    private static TimeDuration millis(long millis) {
        return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
    }
}
