package io.staddle.statemachine.replay;

import io.staddle.api.id.ClusterId;
import io.staddle.api.model.ReplayQueue;
import io.staddle.statemachine.state.Schema;
import io.staddle.storage.Reads;

/// How much a cluster has yet to make up for. Until that is nothing, it may not take part again.
public final class ReplayBacklog {
    private ReplayBacklog() {}

    /// Returns how many entries the cluster has not acknowledged.
    public static long of(ClusterId cluster, Reads view) {
        return view.get(Schema.REPLAY_QUEUES, cluster).map(ReplayQueue::entries).orElse(0L);
    }
}
