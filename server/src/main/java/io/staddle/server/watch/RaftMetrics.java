package io.staddle.server.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.staddle.api.id.ServerId;
import io.staddle.server.metrics.Sheet;
import io.staddle.server.raft.Progress;
import io.staddle.server.raft.Quorum;
import io.staddle.server.raft.Standing;

import java.util.Map;
import java.util.TreeMap;

/// This server's place in the quorum.
final class RaftMetrics implements MultiCollector {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Quorum quorum;

    RaftMetrics(Quorum quorum) {
        this.quorum = quorum;
    }

    @Override
    public MetricSnapshots collect() {
        Standing standing = quorum.standing();
        Sheet sheet = new Sheet();
        place(standing, sheet);
        progress(standing.progress(), sheet);
        return sheet.gauge(
                        "staddle_raft_snapshot_index",
                        "The last entry in the newest snapshot, -1 for none",
                        standing.snapshotIndex())
                .gauge(
                        "staddle_raft_follower_lag_entries",
                        "Entries that a follower has yet to get, as the leader knows it",
                        "server",
                        lags(standing.progress().lastIndex()))
                .toSnapshots();
    }

    private static void place(Standing standing, Sheet sheet) {
        long silence = standing.millisSinceLeaderHeard();
        sheet.gauge("staddle_raft_term", "The term that this server is in", standing.term())
                .gauge(
                        "staddle_raft_leader",
                        "1 if this server leads and has applied an entry of its term",
                        standing.leaderReady() ? 1 : 0)
                .gauge(
                        "staddle_raft_leader_known",
                        "1 if this server knows who leads",
                        standing.leader().isPresent() ? 1 : 0)
                .gauge(
                        "staddle_raft_silence_seconds",
                        "Since the leader was heard; 0 on the leader, NaN if that is unknown",
                        silence < 0 ? Double.NaN : silence / MILLIS_PER_SECOND);
    }

    private static void progress(Progress progress, Sheet sheet) {
        sheet.gauge("staddle_raft_log_index", "The last entry in the log", progress.lastIndex())
                .gauge(
                        "staddle_raft_commit_index",
                        "The last entry that is known to be committed",
                        progress.commitIndex())
                .gauge(
                        "staddle_raft_applied_index",
                        "The last entry that was applied",
                        progress.appliedIndex())
                .gauge(
                        "staddle_raft_apply_lag_entries",
                        "Entries that are committed and not applied",
                        progress.applyLag())
                .gauge(
                        "staddle_raft_flush_lag_entries",
                        "Entries that are on the way to the disk",
                        progress.flushLag());
    }

    private Map<String, Long> lags(long lastIndex) {
        Map<String, Long> lags = new TreeMap<>();
        for (Map.Entry<ServerId, Long> each : quorum.matchIndexes().entrySet()) {
            long lag = lastIndex - each.getValue();
            lags.put(each.getKey().value(), Math.max(0, lag));
        }
        return lags;
    }
}
