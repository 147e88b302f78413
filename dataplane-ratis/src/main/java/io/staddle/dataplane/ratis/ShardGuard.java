package io.staddle.dataplane.ratis;

import io.staddle.api.id.Epoch;
import io.staddle.api.id.NodeId;
import io.staddle.client.migration.Serving;

/// Who may write to a vShard, and which attempts to move it still count.
///
/// @param serving who serves it; nobody in epoch 0 before anybody was told to
/// @param seen the highest number of an attempt that was heard of
/// @param over the highest number of an attempt that is over: at most `seen`
/// @param overVersion which version of the members that made
/// @param resumed the highest number that has resumed writes, and so pauses them no more
/// @param pausedBy the number that has paused writes; 0 if they are open
/// @param pausedAt the log index at which it did
record ShardGuard(
        Serving serving,
        long seen,
        long over,
        long overVersion,
        long resumed,
        long pausedBy,
        long pausedAt) {
    static final ShardGuard FRESH =
            new ShardGuard(new Serving(new NodeId("nobody"), Epoch.NONE), 0, 0, 0, 0, 0, 0);

    boolean isPaused() {
        return pausedBy > 0;
    }

    boolean isOver(long number) {
        return number <= over || number < seen;
    }

    ShardGuard sees(long number) {
        return new ShardGuard(
                serving, Math.max(seen, number), over, overVersion, resumed, pausedBy, pausedAt);
    }

    ShardGuard paused(long number, long index) {
        return new ShardGuard(serving, seen, over, overVersion, resumed, number, index);
    }

    ShardGuard ended(long number, long version) {
        return new ShardGuard(
                serving,
                Math.max(seen, number),
                number,
                version,
                Math.max(resumed, number),
                pausedBy,
                pausedAt);
    }

    ShardGuard resumed(long number) {
        return new ShardGuard(
                serving, seen, over, overVersion, Math.max(resumed, number), pausedBy, pausedAt);
    }

    ShardGuard servedBy(Serving next) {
        return new ShardGuard(next, seen, over, overVersion, resumed, 0, 0);
    }
}
