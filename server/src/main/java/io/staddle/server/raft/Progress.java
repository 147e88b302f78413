package io.staddle.server.raft;

/// How far a server's log and state are. No entry is -1.
///
/// @param lastIndex the last entry in its log, on the disk or on the way there
/// @param flushedIndex the last entry of its log that is on the disk
/// @param commitIndex the last entry that is known to be committed
/// @param appliedIndex the last entry that was applied here
public record Progress(long lastIndex, long flushedIndex, long commitIndex, long appliedIndex) {
    /// Returns how many entries are committed and not applied.
    public long applyLag() {
        return Math.max(0, commitIndex - appliedIndex);
    }

    /// Returns how many entries are on the way to the disk.
    public long flushLag() {
        return Math.max(0, lastIndex - flushedIndex);
    }
}
